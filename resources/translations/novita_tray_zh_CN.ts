<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>novita-tray</name>
    <message>
        <source>Show details</source>
        <translation>查看详情</translation>
    </message>
    <message>
        <source>Open billing</source>
        <translation>打开账单页面</translation>
    </message>
    <message>
        <source>Snooze for an hour</source>
        <translation>暂停提醒 1 小时</translation>
    </message>
    <message>
        <source>Snooze today</source>
        <translation>今天暂停提醒</translation>
    </message>
    <message>
        <source>Snooze until a top-up</source>
        <translation>充值前暂停提醒</translation>
    </message>
    <message>
        <source>{account}: {title}</source>
        <translation>{account}：{title}</translation>
    </message>
    <message>
        <source>The balance is used up</source>
        <translation>余额已用完</translation>
    </message>
    <message>
        <source>Less than {amount} left</source>
        <translation>余额不足 {amount}</translation>
    </message>
    <message>
        <source>The balance lasts less than {span}</source>
        <translation>余额预计可用不到 {span}</translation>
    </message>
    <message>
        <source>Unusual spending: {amount} an hour</source>
        <translation>消费异常：每小时 {amount}</translation>
    </message>
    <message>
        <source>Novita rejects the API key</source>
        <translation>Novita 拒绝了 API 密钥</translation>
    </message>
    <message>
        <source>No fresh balance for {span}</source>
        <translation>已有 {span} 没有新的余额</translation>
    </message>
    <message>
        <source>Top-up arrived: +{amount}</source>
        <translation>充值到账：+{amount}</translation>
    </message>
    <message>
        <source>Alert {when}: {alerts}</source>
        <translation>{when} 提醒：{alerts}</translation>
    </message>
    <message>
        <source>Alerts snoozed until a top-up</source>
        <translation>提醒已暂停至下次充值</translation>
    </message>
    <message>
        <source>Alerts snoozed until {when}</source>
        <translation>提醒已暂停至 {when}</translation>
    </message>
    <message>
        <source>{percent} % of today's {budget} spent</source>
        <translation>今日预算 {budget} 已用 {percent}%</translation>
    </message>
    <message>
        <source>{percent} % of this month's {budget} spent</source>
        <translation>本月预算 {budget} 已用 {percent}%</translation>
    </message>
    <message>
        <source>The balance is not watched until you enter another key.</source>
        <translation>在您输入新密钥之前，余额不会更新。</translation>
    </message>
    <message>
        <source>The menu says what is wrong.</source>
        <translation>原因见菜单。</translation>
    </message>
    <message>
        <source>Usual at this hour: {amount}</source>
        <translation>此时段通常为：{amount}</translation>
    </message>
    <message>
        <source>{amount} available</source>
        <translation>可用余额 {amount}</translation>
    </message>
    <message>
        <source>Off: the tray does not start at login.</source>
        <translation>已关闭：登录时不会启动托盘程序。</translation>
    </message>
    <message>
        <source>On: the tray starts at login.</source>
        <translation>已开启：登录时自动启动托盘程序。</translation>
    </message>
    <message>
        <source>On: {path} starts at login.</source>
        <translation>已开启：登录时启动 {path}。</translation>
    </message>
    <message>
        <source>On, but nothing starts: {path} is not there. Turn it on again to start this program.</source>
        <translation>已开启，但无法启动：{path} 不存在。请重新开启以启动本程序。</translation>
    </message>
    <message>
        <source>With NOVITA_TRAY_HOME set, the tray cannot start at login</source>
        <translation>设置了 NOVITA_TRAY_HOME 时，无法在登录时启动托盘程序</translation>
    </message>
    <message>
        <source>Start it without that, or make an entry of your own that sets it</source>
        <translation>请在不设置它的情况下启动程序，或自行创建设置了它的启动项</translation>
    </message>
    <message>
        <source>The entry for the start at login cannot be opened or changed</source>
        <translation>无法打开或更改登录启动项</translation>
    </message>
    <message>
        <source>Give yourself the right to change {place}</source>
        <translation>请授予自己更改 {place} 的权限</translation>
    </message>
    <message>
        <source>The entry for the start at login was not written: the disk is full</source>
        <translation>未写入登录启动项：磁盘已满</translation>
    </message>
    <message>
        <source>Make room, then try again</source>
        <translation>请腾出空间后重试</translation>
    </message>
    <message>
        <source>No entry for the start at login can name this program's path</source>
        <translation>登录启动项无法使用本程序的路径</translation>
    </message>
    <message>
        <source>Move the program to a folder with a short and simple path</source>
        <translation>请将程序移到路径简短的文件夹</translation>
    </message>
    <message>
        <source>The start at login could not be read or changed ({detail})</source>
        <translation>无法读取或更改登录启动（{detail}）</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>请重试</translation>
    </message>
    <message>
        <source>{problem}. {next_step}.</source>
        <translation>{problem}。{next_step}。</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 小时</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>1 y</source>
        <translation>1 年</translation>
    </message>
    <message>
        <source>{level} {amount}</source>
        <translation>{level} {amount}</translation>
    </message>
    <message>
        <source>{what}, {when}</source>
        <translation>{what}，{when}</translation>
    </message>
    <message>
        <source>{when}, topped up +{amount}</source>
        <translation>{when}，充值 +{amount}</translation>
    </message>
    <message>
        <source>nothing left</source>
        <translation>已用完</translation>
    </message>
    <message>
        <source>about {amount}</source>
        <translation>约 {amount}</translation>
    </message>
    <message>
        <source>between {low} and {high}</source>
        <translation>{low} 至 {high} 之间</translation>
    </message>
    <message>
        <source>about {amount}, {when}</source>
        <translation>约 {amount}，{when}</translation>
    </message>
    <message>
        <source>{amount} on {when}</source>
        <translation>{amount}（{when}）</translation>
    </message>
    <message>
        <source>One reading: {reading}.</source>
        <translation>一条记录：{reading}。</translation>
    </message>
    <message>
        <source>From {first} to {last}.</source>
        <translation>从 {first} 到 {last}。</translation>
    </message>
    <message>
        <source>Lowest {lowest}, highest {highest}.</source>
        <translation>最低 {lowest}，最高 {highest}。</translation>
    </message>
    <message>
        <source>One top-up.</source>
        <translation>充值一次。</translation>
    </message>
    <message numerus="yes">
        <source>%n top-up(s).</source>
        <translation><numerusform>充值 %n 次。</numerusform></translation>
    </message>
    <message>
        <source>Forecast: {end}.</source>
        <translation>预测：{end}。</translation>
    </message>
    <message>
        <source>more than a year</source>
        <translation>超过一年</translation>
    </message>
    <message>
        <source>Jan</source>
        <translation>1月</translation>
    </message>
    <message>
        <source>Feb</source>
        <translation>2月</translation>
    </message>
    <message>
        <source>Mar</source>
        <translation>3月</translation>
    </message>
    <message>
        <source>Apr</source>
        <translation>4月</translation>
    </message>
    <message>
        <source>May</source>
        <translation>5月</translation>
    </message>
    <message>
        <source>Jun</source>
        <translation>6月</translation>
    </message>
    <message>
        <source>Jul</source>
        <translation>7月</translation>
    </message>
    <message>
        <source>Aug</source>
        <translation>8月</translation>
    </message>
    <message>
        <source>Sep</source>
        <translation>9月</translation>
    </message>
    <message>
        <source>Oct</source>
        <translation>10月</translation>
    </message>
    <message>
        <source>Nov</source>
        <translation>11月</translation>
    </message>
    <message>
        <source>Dec</source>
        <translation>12月</translation>
    </message>
    <message>
        <source>January</source>
        <translation>1月</translation>
    </message>
    <message>
        <source>February</source>
        <translation>2月</translation>
    </message>
    <message>
        <source>March</source>
        <translation>3月</translation>
    </message>
    <message>
        <source>April</source>
        <translation>4月</translation>
    </message>
    <message>
        <source>June</source>
        <translation>6月</translation>
    </message>
    <message>
        <source>July</source>
        <translation>7月</translation>
    </message>
    <message>
        <source>August</source>
        <translation>8月</translation>
    </message>
    <message>
        <source>September</source>
        <translation>9月</translation>
    </message>
    <message>
        <source>October</source>
        <translation>10月</translation>
    </message>
    <message>
        <source>November</source>
        <translation>11月</translation>
    </message>
    <message>
        <source>December</source>
        <translation>12月</translation>
    </message>
    <message>
        <source>{year}</source>
        <translation>{year}年</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>周一</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>周二</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>周三</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>周四</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>周五</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>周六</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>周日</translation>
    </message>
    <message>
        <source>{weekday} {day}</source>
        <translation>{day}日 {weekday}</translation>
    </message>
    <message>
        <source>{day} {clock}</source>
        <translation>{day} {clock}</translation>
    </message>
    <message>
        <source>yesterday {clock}</source>
        <translation>昨天 {clock}</translation>
    </message>
    <message>
        <source>tomorrow {clock}</source>
        <translation>明天 {clock}</translation>
    </message>
    <message>
        <source>{month} {day}</source>
        <translation>{month}{day}日</translation>
    </message>
    <message>
        <source>{day} {month}</source>
        <translation>{month}{day}日</translation>
    </message>
    <message>
        <source>{month} {day}, {year}</source>
        <translation>{year}年{month}{day}日</translation>
    </message>
    <message>
        <source>{day} {month} {year}</source>
        <translation>{year}年{month}{day}日</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>可用余额</translation>
    </message>
    <message>
        <source>what can still be spent</source>
        <translation>还可以使用的金额</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>现金余额</translation>
    </message>
    <message>
        <source>what is left of your top-ups</source>
        <translation>充值后剩余的金额</translation>
    </message>
    <message>
        <source>Credit limit</source>
        <translation>信用额度</translation>
    </message>
    <message>
        <source>the most that you may owe</source>
        <translation>最多可以欠费的金额</translation>
    </message>
    <message>
        <source>Pending charges</source>
        <translation>待结算费用</translation>
    </message>
    <message>
        <source>used, but not settled yet</source>
        <translation>已使用但尚未结算</translation>
    </message>
    <message>
        <source>Owed</source>
        <translation>未付账单</translation>
    </message>
    <message>
        <source>invoices that are to be paid</source>
        <translation>需要支付的账单</translation>
    </message>
    <message>
        <source>{word}, since {since}</source>
        <translation>{word}（自{since}起）</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>On {day}</source>
        <translation>{day}</translation>
    </message>
    <message>
        <source>7 days to {day}</source>
        <translation>截至{day}的 7 天</translation>
    </message>
    <message>
        <source>30 days to {day}</source>
        <translation>截至{day}的 30 天</translation>
    </message>
    <message>
        <source>In {month}</source>
        <translation>{month}</translation>
    </message>
    <message>
        <source>+{amount}, {when}</source>
        <translation>+{amount}，{when}</translation>
    </message>
    <message>
        <source>{word}: {amount}</source>
        <translation>{word}：{amount}</translation>
    </message>
    <message>
        <source>Top-up: +{amount}, {when}</source>
        <translation>充值：+{amount}，{when}</translation>
    </message>
    <message>
        <source>Trying again…</source>
        <translation>正在重试…</translation>
    </message>
    <message>
        <source>Key from NOVITA_API_KEY</source>
        <translation>密钥来自 NOVITA_API_KEY</translation>
    </message>
    <message>
        <source>Asking {address}</source>
        <translation>请求地址：{address}</translation>
    </message>
    <message>
        <source>Shows the dollars left on your Novita AI account in the tray, and tells you before they run out.</source>
        <translation>在托盘中显示您的 Novita AI 账户还剩多少美元，并在用完之前提醒您。</translation>
    </message>
    <message>
        <source>A key is saved</source>
        <translation>已保存密钥</translation>
    </message>
    <message>
        <source>Enter an amount above zero, such as {amount}.</source>
        <translation>请输入大于零的金额，例如 {amount}。</translation>
    </message>
    <message>
        <source>The critical amount cannot be above the low one.</source>
        <translation>告急阈值不能高于偏低阈值。</translation>
    </message>
    <message>
        <source>This desktop shows no tray icons, so the balance will be shown in a window.</source>
        <translation>此桌面不显示托盘图标，因此余额将显示在窗口中。</translation>
    </message>
    <message>
        <source>Demo: {figure}</source>
        <translation>演示：{figure}</translation>
    </message>
    <message>
        <source>Loading the balance…</source>
        <translation>正在读取余额…</translation>
    </message>
    <message>
        <source>No balance yet</source>
        <translation>暂无余额</translation>
    </message>
    <message>
        <source>earlier</source>
        <translation>此前</translation>
    </message>
    <message>
        <source>{amount} was available {age}</source>
        <translation>{age}可用余额 {amount}</translation>
    </message>
    <message>
        <source>as of {moment}</source>
        <translation>截至 {moment}</translation>
    </message>
    <message>
        <source>{level}: {time_left}</source>
        <translation>{level}：{time_left}</translation>
    </message>
    <message>
        <source>Delete history</source>
        <translation>删除历史记录</translation>
    </message>
    <message>
        <source>Delete this account's history for good?</source>
        <translation>永久删除此账户的历史记录？</translation>
    </message>
    <message>
        <source>Gone is what this computer remembers of the account: every reading, top-up and day of spending. The chart begins anew, and the forecast learns anew for a day. Your key, your balance and the history of other accounts stay. An export made before keeps a copy.</source>
        <translation>将删除这台电脑上保存的该账户数据：全部余额记录、充值和每日消费。图表将从头开始，预测需要重新学习一天。您的密钥、余额以及其他账户的历史记录不受影响。此前导出的文件仍会保留。</translation>
    </message>
    <message>
        <source>Export history</source>
        <translation>导出历史记录</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>CSV 文件 (*.csv)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>There is no history to show.</source>
        <translation>没有可显示的历史记录。</translation>
    </message>
    <message>
        <source>Loading the history…</source>
        <translation>正在读取历史记录…</translation>
    </message>
    <message>
        <source>No reading yet.</source>
        <translation>还没有记录。</translation>
    </message>
    <message>
        <source>Nothing was read in the last {span}.</source>
        <translation>最近 {span}内没有记录。</translation>
    </message>
    <message>
        <source>The chart grows with each reading.</source>
        <translation>图表会随着每次记录逐渐完整。</translation>
    </message>
    <message>
        <source>The history's file was damaged</source>
        <translation>历史记录文件已损坏</translation>
    </message>
    <message>
        <source>The history waits: {reason}</source>
        <translation>历史记录暂停：{reason}</translation>
    </message>
    <message>
        <source>The history is not kept ({detail})</source>
        <translation>历史记录未保存（{detail}）</translation>
    </message>
    <message>
        <source>The history is not kept: {reason}</source>
        <translation>历史记录未保存：{reason}</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>another program holds its file</source>
        <translation>文件被其他程序占用</translation>
    </message>
    <message>
        <source>its file cannot be written</source>
        <translation>文件无法写入</translation>
    </message>
    <message>
        <source>its file was damaged</source>
        <translation>文件已损坏</translation>
    </message>
    <message>
        <source>its file belongs to another program</source>
        <translation>文件属于其他程序</translation>
    </message>
    <message>
        <source>a later version of this program wrote its file</source>
        <translation>文件由本程序的更新版本写入</translation>
    </message>
    <message>
        <source>this computer's clock is behind the last entry</source>
        <translation>电脑时间早于最后一条记录</translation>
    </message>
    <message>
        <source>its file cannot be used ({detail})</source>
        <translation>文件无法使用（{detail}）</translation>
    </message>
    <message>
        <source>Make room; it goes on by itself</source>
        <translation>请腾出空间，之后会自动继续</translation>
    </message>
    <message>
        <source>Close that program; it goes on by itself</source>
        <translation>请关闭该程序，之后会自动继续</translation>
    </message>
    <message>
        <source>Give yourself the right to write in the data folder</source>
        <translation>请为数据文件夹授予写入权限</translation>
    </message>
    <message>
        <source>It lies aside as {name}; a new one began</source>
        <translation>已另存为 {name}，并新建了文件</translation>
    </message>
    <message>
        <source>Move it out of the data folder, then start anew</source>
        <translation>请将其移出数据文件夹，然后重新启动程序</translation>
    </message>
    <message>
        <source>Install that version again</source>
        <translation>请重新安装该版本</translation>
    </message>
    <message>
        <source>Check date and time</source>
        <translation>请检查日期和时间</translation>
    </message>
    <message>
        <source>The log may tell more; start anew</source>
        <translation>日志中可能有详情；请重新启动程序</translation>
    </message>
    <message>
        <source>The history was exported to {path}.</source>
        <translation>历史记录已导出到 {path}。</translation>
    </message>
    <message>
        <source>The history could not be exported to {path}: {reason}.</source>
        <translation>无法将历史记录导出到 {path}：{reason}。</translation>
    </message>
    <message>
        <source>The history is deleted. It begins anew with the next reading.</source>
        <translation>历史记录已删除，将从下一次读取重新开始。</translation>
    </message>
    <message>
        <source>Delete once more later</source>
        <translation>请稍后再次删除</translation>
    </message>
    <message>
        <source>The history could not be deleted: {reason}. {step}.</source>
        <translation>无法删除历史记录：{reason}。{step}。</translation>
    </message>
    <message>
        <source>The history is deleted, but traces of it are left in its file or beside it: {reason}. Delete once more when that is over.</source>
        <translation>历史记录已删除，但文件中或其旁边仍有残留：{reason}。问题解决后请再次删除。</translation>
    </message>
    <message>
        <source>other programs read it</source>
        <translation>其他程序正在读取</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名过长</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入/输出错误</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>这是一个文件夹</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有该文件或文件夹</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>不是文件夹</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>不允许的操作</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>权限不足</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>只读文件系统</translation>
    </message>
    <message>
        <source>Novita balance</source>
        <translation>Novita 余额</translation>
    </message>
    <message>
        <source>Keys are made at {link}.</source>
        <translation>可在 {link} 创建密钥。</translation>
    </message>
    <message>
        <source>No API key yet</source>
        <translation>尚未添加 API 密钥</translation>
    </message>
    <message>
        <source>Add your Novita API key</source>
        <translation>请添加您的 Novita API 密钥</translation>
    </message>
    <message>
        <source>The keyring is locked</source>
        <translation>密钥环已锁定</translation>
    </message>
    <message>
        <source>Choose Refresh now and unlock it at its prompt</source>
        <translation>选择“立即刷新”，并在弹出的窗口中解锁</translation>
    </message>
    <message>
        <source>Try again and unlock it at its prompt</source>
        <translation>请重试，并在弹出的窗口中解锁</translation>
    </message>
    <message>
        <source>No keyring service is running</source>
        <translation>没有正在运行的密钥环服务</translation>
    </message>
    <message>
        <source>Start GNOME Keyring or KWallet, then choose Refresh now</source>
        <translation>请启动 GNOME Keyring 或 KWallet，然后选择“立即刷新”</translation>
    </message>
    <message>
        <source>Start GNOME Keyring or KWallet, then try again</source>
        <translation>请启动 GNOME Keyring 或 KWallet，然后重试</translation>
    </message>
    <message>
        <source>The keyring refused access to the key</source>
        <translation>密钥环拒绝访问该密钥</translation>
    </message>
    <message>
        <source>Allow this program there, then choose Refresh now</source>
        <translation>请在密钥环中允许本程序访问，然后选择“立即刷新”</translation>
    </message>
    <message>
        <source>Allow this program there, then try again</source>
        <translation>请在密钥环中允许本程序访问，然后重试</translation>
    </message>
    <message>
        <source>The keyring gave no usable answer</source>
        <translation>密钥环没有给出可用的答复</translation>
    </message>
    <message>
        <source>Choose Refresh now; if that fails, log out and in</source>
        <translation>选择“立即刷新”；如果仍失败，请注销后重新登录</translation>
    </message>
    <message>
        <source>Try again; if that fails, log out and in</source>
        <translation>请重试；如果仍失败，请注销后重新登录</translation>
    </message>
    <message>
        <source>The key may not read the balance</source>
        <translation>该密钥无权读取余额</translation>
    </message>
    <message>
        <source>Give its role the Balance permission</source>
        <translation>请为其角色授予余额（Balance）权限</translation>
    </message>
    <message>
        <source>Blocked on the way to Novita (HTTP {status})</source>
        <translation>请求在到达 Novita 之前被拦截（HTTP {status}）</translation>
    </message>
    <message>
        <source>Check proxy, firewall or VPN</source>
        <translation>请检查代理、防火墙或 VPN</translation>
    </message>
    <message>
        <source>Novita asks to slow down</source>
        <translation>请求过于频繁，Novita 要求放慢</translation>
    </message>
    <message>
        <source>Novita did not answer in time</source>
        <translation>Novita 响应超时</translation>
    </message>
    <message>
        <source>Novita has trouble ({code})</source>
        <translation>Novita 服务异常（{code}）</translation>
    </message>
    <message>
        <source>Unexpected reply: {detail}</source>
        <translation>意外的响应：{detail}</translation>
    </message>
    <message>
        <source>{problem}.</source>
        <translation>{problem}。</translation>
    </message>
    <message>
        <source>The key is empty.</source>
        <translation>密钥为空。</translation>
    </message>
    <message>
        <source>This is too long for an API key.</source>
        <translation>内容过长，不是有效的 API 密钥。</translation>
    </message>
    <message>
        <source>There are several lines; a key is one.</source>
        <translation>内容有多行，而密钥只有一行。</translation>
    </message>
    <message>
        <source>An API key has only plain letters, digits and signs.</source>
        <translation>API 密钥只能包含英文字母、数字和符号。</translation>
    </message>
    <message>
        <source>Check for a network log-in page or a proxy</source>
        <translation>请检查网络是否需要登录，或是否使用了代理</translation>
    </message>
    <message>
        <source>Try again in a few minutes</source>
        <translation>请几分钟后重试</translation>
    </message>
    <message>
        <source>The key in NOVITA_API_KEY is not accepted</source>
        <translation>NOVITA_API_KEY 中的密钥无效</translation>
    </message>
    <message>
        <source>Correct or unset the variable</source>
        <translation>请更正或取消该环境变量</translation>
    </message>
    <message>
        <source>Enter a valid one under API key…</source>
        <translation>请在“API 密钥…”中输入有效的密钥</translation>
    </message>
    <message>
        <source>Check that it was copied whole and has not been deleted</source>
        <translation>请检查密钥是否复制完整，以及是否已被删除</translation>
    </message>
    <message>
        <source>The API key is not accepted</source>
        <translation>API 密钥无效</translation>
    </message>
    <message>
        <source>Offline: the server's name was not found</source>
        <translation>离线：无法解析服务器域名</translation>
    </message>
    <message>
        <source>Check the network</source>
        <translation>请检查网络</translation>
    </message>
    <message>
        <source>Offline: the connection was refused</source>
        <translation>离线：连接被拒绝</translation>
    </message>
    <message>
        <source>Check firewall, VPN or ad blocker</source>
        <translation>请检查防火墙、VPN 或广告拦截程序</translation>
    </message>
    <message>
        <source>Offline: the server cannot be reached</source>
        <translation>离线：无法访问服务器</translation>
    </message>
    <message>
        <source>The connection was lost</source>
        <translation>连接已断开</translation>
    </message>
    <message>
        <source>No secure connection (TLS) came about</source>
        <translation>无法建立安全连接（TLS）</translation>
    </message>
    <message>
        <source>Check proxy, firewall or antivirus</source>
        <translation>请检查代理、防火墙或杀毒软件</translation>
    </message>
    <message>
        <source>Offline: no connection</source>
        <translation>离线：没有网络连接</translation>
    </message>
    <message>
        <source>The proxy cannot be reached</source>
        <translation>无法连接代理</translation>
    </message>
    <message>
        <source>Check the network and the proxy</source>
        <translation>请检查网络和代理</translation>
    </message>
    <message>
        <source>The proxy wants a user name and password</source>
        <translation>代理需要用户名和密码</translation>
    </message>
    <message>
        <source>Put valid ones into its address</source>
        <translation>请在代理地址中填写有效的用户名和密码</translation>
    </message>
    <message>
        <source>The proxy refused the connection</source>
        <translation>代理拒绝了连接</translation>
    </message>
    <message>
        <source>Ask for api.novita.ai to be allowed there</source>
        <translation>请联系管理员放行 api.novita.ai</translation>
    </message>
    <message>
        <source>The proxy finds no way to Novita</source>
        <translation>代理无法访问 Novita</translation>
    </message>
    <message>
        <source>The proxy's address cannot be used</source>
        <translation>代理地址无效</translation>
    </message>
    <message>
        <source>Check HTTPS_PROXY and the proxy settings</source>
        <translation>请检查 HTTPS_PROXY 和代理设置</translation>
    </message>
    <message>
        <source>The server's certificate has expired</source>
        <translation>服务器证书已过期</translation>
    </message>
    <message>
        <source>Check this computer's date and time</source>
        <translation>请检查电脑的日期和时间</translation>
    </message>
    <message>
        <source>The server's certificate is not valid yet</source>
        <translation>服务器证书尚未生效</translation>
    </message>
    <message>
        <source>The server's certificate is not trusted</source>
        <translation>服务器证书不受信任</translation>
    </message>
    <message>
        <source>If a proxy inspects TLS, trust its certificate</source>
        <translation>如果代理会检查 TLS，请信任其证书</translation>
    </message>
    <message>
        <source>The server's certificate is for another name</source>
        <translation>服务器证书与域名不符</translation>
    </message>
    <message>
        <source>No trusted certificates can be read</source>
        <translation>无法读取受信任的证书</translation>
    </message>
    <message>
        <source>Check SSL_CERT_FILE, or install ca-certificates</source>
        <translation>请检查 SSL_CERT_FILE，或安装 ca-certificates</translation>
    </message>
    <message>
        <source>The server's certificate was rejected</source>
        <translation>服务器证书被拒绝</translation>
    </message>
    <message>
        <source>Check the clock, or a proxy that inspects TLS</source>
        <translation>请检查系统时间，或会检查 TLS 的代理</translation>
    </message>
    <message>
        <source>a web page</source>
        <translation>收到的是网页</translation>
    </message>
    <message>
        <source>an error in a 200 reply</source>
        <translation>200 响应中包含错误</translation>
    </message>
    <message>
        <source>the reply is not HTTP</source>
        <translation>响应不是 HTTP</translation>
    </message>
    <message>
        <source>the reply is not JSON</source>
        <translation>响应不是 JSON</translation>
    </message>
    <message>
        <source>the reply is not UTF-8</source>
        <translation>响应不是 UTF-8</translation>
    </message>
    <message>
        <source>the reply is not an object</source>
        <translation>响应不是 JSON 对象</translation>
    </message>
    <message>
        <source>the reply is too large</source>
        <translation>响应过大</translation>
    </message>
    <message>
        <source>the reply names a field twice</source>
        <translation>响应中有重复的字段</translation>
    </message>
    <message>
        <source>the reply's compression cannot be read</source>
        <translation>响应的压缩格式无法读取</translation>
    </message>
    <message>
        <source>an error in a 200 reply, {reason}</source>
        <translation>200 响应中包含错误，{reason}</translation>
    </message>
    <message>
        <source>{field} is missing</source>
        <translation>缺少 {field}</translation>
    </message>
    <message>
        <source>{field} is not an amount</source>
        <translation>{field} 不是金额</translation>
    </message>
    <message>
        <source>{status}, a redirect</source>
        <translation>{status}，重定向</translation>
    </message>
    <message>
        <source>internal error, {kind}</source>
        <translation>内部错误，{kind}</translation>
    </message>
    <message>
        <source>until {least} at the earliest</source>
        <translation>最早可用到{least}</translation>
    </message>
    <message>
        <source>until about {about}, {least} at the earliest</source>
        <translation>大约可用到{about}，最早到{least}</translation>
    </message>
    <message>
        <source>until about {about}</source>
        <translation>大约可用到{about}</translation>
    </message>
    <message>
        <source>until about {about}, {span}</source>
        <translation>大约可用到{about}（{span}）</translation>
    </message>
    <message>
        <source>{clock} yesterday</source>
        <translation>昨天 {clock}</translation>
    </message>
    <message>
        <source>{clock} today</source>
        <translation>今天 {clock}</translation>
    </message>
    <message>
        <source>{clock} tomorrow</source>
        <translation>明天 {clock}</translation>
    </message>
    <message>
        <source>between {first} and {last}</source>
        <translation>{first}至{last}之间</translation>
    </message>
    <message>
        <source>between {first} and {last}, {year}</source>
        <translation>{year}年{first}至{last}之间</translation>
    </message>
    <message>
        <source>between {first} and {last} {year}</source>
        <translation>{year}年{first}至{last}之间</translation>
    </message>
    <message>
        <source>between {first} and {last} yesterday</source>
        <translation>昨天 {first} 至 {last} 之间</translation>
    </message>
    <message>
        <source>between {first} and {last} today</source>
        <translation>今天 {first} 至 {last} 之间</translation>
    </message>
    <message>
        <source>between {first} and {last} tomorrow</source>
        <translation>明天 {first} 至 {last} 之间</translation>
    </message>
    <message>
        <source>between {month} {first} and {last}</source>
        <translation>{month}{first}日至{last}日之间</translation>
    </message>
    <message>
        <source>between {month} {first} and {last}, {year}</source>
        <translation>{year}年{month}{first}日至{last}日之间</translation>
    </message>
    <message>
        <source>between {first} and {last} {month}</source>
        <translation>{month}{first}日至{last}日之间</translation>
    </message>
    <message>
        <source>between {first} and {last} {month} {year}</source>
        <translation>{year}年{month}{first}日至{last}日之间</translation>
    </message>
    <message>
        <source>nothing is left</source>
        <translation>余额已用完</translation>
    </message>
    <message>
        <source>still learning ({seen} h of {needed} seen)</source>
        <translation>仍在学习（已观察 {seen} 小时，共需 {needed} 小时）</translation>
    </message>
    <message>
        <source>not spending</source>
        <translation>暂无消费</translation>
    </message>
    <message>
        <source>How long it lasts: {runway}</source>
        <translation>可用时长：{runway}</translation>
    </message>
    <message>
        <source>Not spending</source>
        <translation>暂无消费</translation>
    </message>
    <message>
        <source>Lasts {runway}</source>
        <translation>预计可用：{runway}</translation>
    </message>
    <message>
        <source>&gt; 1 y</source>
        <translation>&gt; 1 年</translation>
    </message>
    <message>
        <source>more than a year left</source>
        <translation>剩余时间超过一年</translation>
    </message>
    <message>
        <source>about {span} left</source>
        <translation>约剩 {span}</translation>
    </message>
    <message>
        <source>about {span}</source>
        <translation>约 {span}</translation>
    </message>
    <message>
        <source>probably more than a year, at least {span}</source>
        <translation>很可能超过一年，至少 {span}</translation>
    </message>
    <message>
        <source>about {span}, at least {least}</source>
        <translation>约 {span}（至少 {least}）</translation>
    </message>
    <message>
        <source>about {span}, {least} to {most}</source>
        <translation>约 {span}（{least}～{most}）</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation><numerusform>%n 分钟</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation><numerusform>%n 小时</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation><numerusform>%n 天</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n week(s)</source>
        <translation><numerusform>%n 周</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation><numerusform>%n 个月</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>≈ %n min</source>
        <translation><numerusform>≈ %n 分钟</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>≈ %n h</source>
        <translation><numerusform>≈ %n 小时</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>≈ %n d</source>
        <translation><numerusform>≈ %n 天</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>≈ %n wk</source>
        <translation><numerusform>≈ %n 周</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>≈ %n mo</source>
        <translation><numerusform>≈ %n 个月</numerusform></translation>
    </message>
    <message>
        <source>Must not be below the critical amount, {amount}.</source>
        <translation>不能低于告急金额 {amount}。</translation>
    </message>
    <message>
        <source>Must not be above the low amount, {amount}.</source>
        <translation>不能高于偏低金额 {amount}。</translation>
    </message>
    <message>
        <source>Must not be below the critical time, {days}.</source>
        <translation>不能少于告急时间（{days}）。</translation>
    </message>
    <message>
        <source>Must not be above the low time, {days}.</source>
        <translation>不能多于偏低时间（{days}）。</translation>
    </message>
    <message>
        <source>Enter an amount above 0, such as {example}.</source>
        <translation>请输入大于 0 的金额，例如 {example}。</translation>
    </message>
    <message>
        <source>Enter an amount such as {example}, or nothing for no budget.</source>
        <translation>请输入金额，例如 {example}；留空表示不设预算。</translation>
    </message>
    <message>
        <source>Enter amounts above 0, such as {example}.</source>
        <translation>请输入大于 0 的金额，例如 {example}。</translation>
    </message>
    <message numerus="yes">
        <source>Enter at most %n amount(s).</source>
        <translation><numerusform>最多输入 %n 个金额。</numerusform></translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation>{days} 天</translation>
    </message>
    <message>
        <source>Enter an address such as {example}.</source>
        <translation>请输入地址，例如 {example}。</translation>
    </message>
    <message>
        <source>Enter the whole path of a program, without arguments.</source>
        <translation>请输入程序的完整路径，不带参数。</translation>
    </message>
    <message>
        <source>A name has 1 to 32 letters, digits, dots, hyphens or underscores, and is no key.</source>
        <translation>名称由 1 至 32 个英文字母、数字、点、连字符或下划线组成，且不能是密钥。</translation>
    </message>
    <message>
        <source>There is an account of that name.</source>
        <translation>已有同名账户。</translation>
    </message>
    <message>
        <source>Line {line}, {key}</source>
        <translation>第 {line} 行，{key}</translation>
    </message>
    <message>
        <source>{place}: {what}. {used} is used.</source>
        <translation>{place}：{what}。已改用 {used}。</translation>
    </message>
    <message>
        <source>{place}: {what}.</source>
        <translation>{place}：{what}。</translation>
    </message>
    <message>
        <source>The settings file cannot be read</source>
        <translation>无法读取设置文件</translation>
    </message>
    <message>
        <source>Check its permissions</source>
        <translation>请检查其权限</translation>
    </message>
    <message>
        <source>The settings file is far too large</source>
        <translation>设置文件过大</translation>
    </message>
    <message>
        <source>Look into it</source>
        <translation>请检查其内容</translation>
    </message>
    <message>
        <source>The settings file is not valid TOML</source>
        <translation>设置文件不是有效的 TOML</translation>
    </message>
    <message>
        <source>Correct it in an editor</source>
        <translation>请用编辑器更正</translation>
    </message>
    <message>
        <source>The settings file is not valid TOML: line {line}</source>
        <translation>设置文件不是有效的 TOML：第 {line} 行</translation>
    </message>
    <message>
        <source>A later version of this program wrote the settings file</source>
        <translation>设置文件由本程序的更新版本写入</translation>
    </message>
    <message>
        <source>Update this program</source>
        <translation>请更新本程序</translation>
    </message>
    <message>
        <source>No room on the disk to save the settings</source>
        <translation>磁盘空间不足，无法保存设置</translation>
    </message>
    <message>
        <source>Free some space</source>
        <translation>请腾出空间</translation>
    </message>
    <message>
        <source>The settings file cannot be written to</source>
        <translation>设置文件无法写入</translation>
    </message>
    <message>
        <source>The settings could not be saved</source>
        <translation>无法保存设置</translation>
    </message>
    <message>
        <source>Change the file in an editor</source>
        <translation>请用编辑器修改文件</translation>
    </message>
    <message>
        <source>must be {least}</source>
        <translation>必须是 {least}</translation>
    </message>
    <message>
        <source>must be a number from {least} to {most}</source>
        <translation>必须是 {least} 到 {most} 之间的数字</translation>
    </message>
    <message>
        <source>must be a number above 0, at most {most}</source>
        <translation>必须是大于 0 的数字，最大 {most}</translation>
    </message>
    <message>
        <source>must be a list of dollar amounts above 0, at most {most}</source>
        <translation>必须是大于 0 的美元金额列表，最多 {most} 个</translation>
    </message>
    <message>
        <source>must be one of {words}</source>
        <translation>必须是以下之一：{words}</translation>
    </message>
    <message>
        <source>means nothing without {key}</source>
        <translation>没有 {key} 时不起作用</translation>
    </message>
    <message>
        <source>must not be above {key}</source>
        <translation>不能大于 {key}</translation>
    </message>
    <message>
        <source>must not be the same as {key}</source>
        <translation>不能与 {key} 相同</translation>
    </message>
    <message>
        <source>left out, since there can be at most {most} accounts</source>
        <translation>已忽略，因为最多只能有 {most} 个账户</translation>
    </message>
    <message>
        <source>must be a dollar amount above 0</source>
        <translation>必须是大于 0 的美元金额</translation>
    </message>
    <message>
        <source>must be a dollar amount, or 0 for none</source>
        <translation>必须是美元金额，0 表示不设</translation>
    </message>
    <message>
        <source>must be true or false</source>
        <translation>必须是 true 或 false</translation>
    </message>
    <message>
        <source>must be a time such as "22:00"</source>
        <translation>必须是时间，例如 "22:00"</translation>
    </message>
    <message>
        <source>must be the absolute path of a program</source>
        <translation>必须是程序的绝对路径</translation>
    </message>
    <message>
        <source>must be "system", "none" or an address such as "http://proxy.example:3128"</source>
        <translation>必须是 "system"、"none" 或地址，例如 "http://proxy.example:3128"</translation>
    </message>
    <message>
        <source>must be a table</source>
        <translation>必须是表（table）</translation>
    </message>
    <message>
        <source>must be the name of an account, or "least-time"</source>
        <translation>必须是账户名称，或 "least-time"</translation>
    </message>
    <message>
        <source>left out: an account’s name has 1 to 32 letters, digits, dots, hyphens or underscores, and is no key</source>
        <translation>已忽略：账户名称由 1 到 32 个字母、数字、点、连字符或下划线组成，且不能是密钥</translation>
    </message>
    <message>
        <source>not known, and left alone</source>
        <translation>未知项，已保留原样</translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation><numerusform>另有 %n 项。</numerusform></translation>
    </message>
    <message>
        <source>{title}. {step}.</source>
        <translation>{title}。{step}。</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>Add API key…</source>
        <translation>添加 API 密钥…</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>详情…</translation>
    </message>
    <message>
        <source>Refresh now</source>
        <translation>立即刷新</translation>
    </message>
    <message>
        <source>Open billing page</source>
        <translation>打开账单页面</translation>
    </message>
    <message>
        <source>API key…</source>
        <translation>API 密钥…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Tell alerts again</source>
        <translation>恢复提醒</translation>
    </message>
    <message>
        <source>For an hour</source>
        <translation>一小时</translation>
    </message>
    <message>
        <source>Until a top-up</source>
        <translation>直到下次充值</translation>
    </message>
    <message>
        <source>Snooze alerts</source>
        <translation>暂停提醒</translation>
    </message>
    <message>
        <source>{account}: {figure}</source>
        <translation>{account}：{figure}</translation>
    </message>
    <message>
        <source>This desktop shows no tray icons, so the balance is here.</source>
        <translation>此桌面不显示托盘图标，因此余额显示在这里。</translation>
    </message>
    <message>
        <source>Closing this window ends the program.</source>
        <translation>关闭此窗口将退出程序。</translation>
    </message>
    <message>
        <source>On GNOME, install and switch on the extension “AppIndicator and KStatusNotifierItem Support”; in other panels, add the status tray or notification area. The icon appears as soon as there is one.</source>
        <translation>在 GNOME 上，请安装并启用扩展“AppIndicator and KStatusNotifierItem Support”；在其他面板中，请添加系统托盘或通知区域。托盘可用后，图标会自动出现。</translation>
    </message>
    <message>
        <source>Simulated account, no real money</source>
        <translation>模拟账户，并非真实资金</translation>
    </message>
    <message>
        <source>Waiting for the keyring: answer its prompt</source>
        <translation>正在等待密钥环：请在其弹出的窗口中操作</translation>
    </message>
    <message>
        <source>It is kept in memory, as long as this demo runs.</source>
        <translation>密钥仅在演示运行期间保存在内存中。</translation>
    </message>
    <message>
        <source>It is kept in the system's keyring and nowhere else.</source>
        <translation>密钥只保存在系统密钥环中。</translation>
    </message>
    <message>
        <source>NOVITA_API_KEY is set in the environment and overrides the keyring. A key saved here is used once the variable is gone.</source>
        <translation>已设置环境变量 NOVITA_API_KEY，它优先于密钥环。取消该变量后，才会使用此处保存的密钥。</translation>
    </message>
    <message>
        <source>NOVITA_API_KEY stays in force: the balance is refreshed with it.</source>
        <translation>NOVITA_API_KEY 仍然有效：将继续用它刷新余额。</translation>
    </message>
    <message>
        <source>The balance is not refreshed until you add a key again.</source>
        <translation>重新添加密钥之前，余额不会刷新。</translation>
    </message>
    <message>
        <source>Something went wrong inside; details are in the log</source>
        <translation>程序内部出错；详情见日志</translation>
    </message>
    <message>
        <source>Something went wrong inside; --verbose tells more</source>
        <translation>程序内部出错；使用 --verbose 可查看更多信息</translation>
    </message>
    <message>
        <source>The program crashed the last time; details are in the log</source>
        <translation>程序上次运行时崩溃；详情见日志</translation>
    </message>
    <message>
        <source>The program crashed the last time; nothing more is known</source>
        <translation>程序上次运行时崩溃；没有更多信息</translation>
    </message>
    <message>
        <source>Shows the dollars left on a prepaid Novita AI account.</source>
        <translation>显示 Novita AI 预付费账户的剩余美元余额。</translation>
    </message>
    <message>
        <source>It asks a simulator of its own for the balance with your API key, and nobody else for anything.</source>
        <translation>它使用您的 API 密钥向自带的模拟器查询余额，不会访问任何其他地址。</translation>
    </message>
    <message>
        <source>It asks {host} for the balance with your API key, and nobody else for anything.</source>
        <translation>它使用您的 API 密钥向 {host} 查询余额，不会访问任何其他地址。</translation>
    </message>
    <message>
        <source>The demo's key is in memory and opens nothing else.</source>
        <translation>演示密钥只在内存中，没有其他用途。</translation>
    </message>
    <message>
        <source>The key comes from NOVITA_API_KEY in the environment.</source>
        <translation>密钥来自环境变量 NOVITA_API_KEY。</translation>
    </message>
    <message>
        <source>The key stays in the system's keyring.</source>
        <translation>密钥保存在系统密钥环中。</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation><numerusform>%n 分钟前</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation><numerusform>%n 小时前</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n d ago</source>
        <translation><numerusform>%n 天前</numerusform></translation>
    </message>
    <message>
        <source>Next try now</source>
        <translation>即将重试</translation>
    </message>
    <message numerus="yes">
        <source>Next try in %n min</source>
        <translation><numerusform>%n 分钟后重试</numerusform></translation>
    </message>
    <message>
        <source>low</source>
        <translation>偏低</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>告急</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>已用完</translation>
    </message>
    <message>
        <source>No prompt? Choose Refresh now to ask again</source>
        <translation>没有看到窗口？选择“立即刷新”可再次请求</translation>
    </message>
    <message>
        <source>A&amp;ccount:</source>
        <translation>账户(&amp;C)：</translation>
    </message>
    <message>
        <source>The tray &amp;shows:</source>
        <translation>托盘显示(&amp;S)：</translation>
    </message>
    <message>
        <source>A&amp;ccounts:</source>
        <translation>账户(&amp;C)：</translation>
    </message>
    <message>
        <source>&amp;New account:</source>
        <translation>新账户(&amp;N)：</translation>
    </message>
    <message>
        <source>Each account has a key, a history and alerts of its own.</source>
        <translation>每个账户都有自己的密钥、历史记录和提醒。</translation>
    </message>
    <message>
        <source>Remove account</source>
        <translation>移除账户</translation>
    </message>
    <message>
        <source>Remove the account {name}?</source>
        <translation>要移除账户 {name} 吗？</translation>
    </message>
    <message>
        <source>Its settings and its API key are removed. Its history stays on this computer.</source>
        <translation>它的设置和 API 密钥会被移除，历史记录保留在这台电脑上。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>The account with the least time left</source>
        <translation>剩余时间最短的账户</translation>
    </message>
    <message>
        <source>API &amp;key…</source>
        <translation>API 密钥(&amp;K)…</translation>
    </message>
    <message>
        <source>R&amp;emove…</source>
        <translation>移除(&amp;E)…</translation>
    </message>
    <message>
        <source>A&amp;dd</source>
        <translation>添加(&amp;D)</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Program for alerts</source>
        <translation>提醒时运行的程序</translation>
    </message>
    <message>
        <source>&amp;Show alerts</source>
        <translation>显示提醒(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Below:</source>
        <translation>低于(&amp;B)：</translation>
    </message>
    <message>
        <source>One amount or several.</source>
        <translation>可填一个或多个金额。</translation>
    </message>
    <message>
        <source>Ti&amp;me left:</source>
        <translation>剩余时间(&amp;M)：</translation>
    </message>
    <message>
        <source>Spending far above the &amp;usual</source>
        <translation>消费远高于平常(&amp;U)</translation>
    </message>
    <message>
        <source>Events:</source>
        <translation>事件：</translation>
    </message>
    <message>
        <source>API &amp;key rejected</source>
        <translation>API 密钥被拒绝(&amp;K)</translation>
    </message>
    <message>
        <source>No fresh figure for six &amp;hours</source>
        <translation>六小时没有新数据(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Top-up arrived</source>
        <translation>充值到账(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Quiet hours:</source>
        <translation>免打扰时段(&amp;Q)：</translation>
    </message>
    <message>
        <source>&amp;Program:</source>
        <translation>程序(&amp;P)：</translation>
    </message>
    <message>
        <source>Started with each alert, which it finds as JSON on its standard input.</source>
        <translation>每次提醒时启动，并从标准输入收到 JSON 格式的提醒内容。</translation>
    </message>
    <message>
        <source>Choos&amp;e…</source>
        <translation>选择(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;less than</source>
        <translation>少于(&amp;L)</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Chart of the balance</source>
        <translation>余额图表</translation>
    </message>
    <message>
        <source>About {program}</source>
        <translation>关于 {program}</translation>
    </message>
    <message>
        <source>No browser could be opened.</source>
        <translation>无法打开浏览器。</translation>
    </message>
    <message>
        <source>The folder could not be opened.</source>
        <translation>无法打开文件夹。</translation>
    </message>
    <message>
        <source>MIT licence. Built with Qt {version} (LGPL 3) and PySide6. Not made by Novita AI.</source>
        <translation>MIT 许可证。基于 Qt {version}（LGPL 3）和 PySide6 构建。并非 Novita AI 官方产品。</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>余额</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Spent</source>
        <translation>消费</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Open log folder</source>
        <translation>打开日志文件夹</translation>
    </message>
    <message>
        <source>Delete history…</source>
        <translation>删除历史记录…</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>When to alert you</source>
        <translation>何时提醒您</translation>
    </message>
    <message>
        <source>Balance low, below</source>
        <translation>余额偏低，低于</translation>
    </message>
    <message>
        <source>Balance critical, below</source>
        <translation>余额告急，低于</translation>
    </message>
    <message>
        <source>Balance lasts less than</source>
        <translation>余额可用时间少于</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>登录时启动</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>&amp;Refresh every:</source>
        <translation>刷新间隔(&amp;R)：</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>语言(&amp;L)：</translation>
    </message>
    <message>
        <source>&amp;Proxy:</source>
        <translation>代理(&amp;P)：</translation>
    </message>
    <message>
        <source>&amp;Start at login</source>
        <translation>登录时启动(&amp;S)</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>&amp;Dollars left</source>
        <translation>剩余金额(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Time left</source>
        <translation>剩余时间(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Level only</source>
        <translation>仅级别(&amp;L)</translation>
    </message>
    <message>
        <source>The icon shows:</source>
        <translation>图标显示：</translation>
    </message>
    <message>
        <source>Preview:</source>
        <translation>预览：</translation>
    </message>
    <message>
        <source>&amp;Hide all amounts</source>
        <translation>隐藏所有金额(&amp;H)</translation>
    </message>
    <message>
        <source>For sharing the screen: no amount is shown anywhere.</source>
        <translation>适合共享屏幕时使用：任何地方都不显示金额。</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>充足</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>偏低</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>告急</translation>
    </message>
    <message>
        <source>Icon: {level}</source>
        <translation>图标：{level}</translation>
    </message>
    <message>
        <source>Remove key</source>
        <translation>移除密钥</translation>
    </message>
    <message>
        <source>Remove the stored API key?</source>
        <translation>移除已保存的 API 密钥？</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>正在移除…</translation>
    </message>
    <message>
        <source>No key is stored any more.</source>
        <translation>密钥已移除。</translation>
    </message>
    <message>
        <source>Not removed. {problem}</source>
        <translation>未能移除。{problem}</translation>
    </message>
    <message>
        <source>Remove key…</source>
        <translation>移除密钥…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Paste a Novita API key.</source>
        <translation>请粘贴 Novita API 密钥。</translation>
    </message>
    <message>
        <source>Show the key</source>
        <translation>显示密钥</translation>
    </message>
    <message>
        <source>Test and save</source>
        <translation>测试并保存</translation>
    </message>
    <message>
        <source>Save anyway</source>
        <translation>仍然保存</translation>
    </message>
    <message>
        <source>Asking Novita…</source>
        <translation>正在向 Novita 查询…</translation>
    </message>
    <message>
        <source>It works: {amount} available.</source>
        <translation>密钥有效：可用余额 {amount}。</translation>
    </message>
    <message>
        <source>The test was interrupted.</source>
        <translation>测试已中断。</translation>
    </message>
    <message>
        <source>Not saved. {problem}</source>
        <translation>未保存。{problem}</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>&amp;Low below:</source>
        <translation>偏低，低于(&amp;L)：</translation>
    </message>
    <message>
        <source>C&amp;ritical below:</source>
        <translation>告急，低于(&amp;R)：</translation>
    </message>
    <message>
        <source>The icon changes its colour and its shape.</source>
        <translation>图标的颜色和形状会随之改变。</translation>
    </message>
    <message>
        <source>&amp;Daily budget:</source>
        <translation>每日预算(&amp;D)：</translation>
    </message>
    <message>
        <source>&amp;Monthly budget:</source>
        <translation>每月预算(&amp;M)：</translation>
    </message>
    <message>
        <source>An alert at 50, 80 and 100 % of it.</source>
        <translation>达到 50%、80% 和 100% 时提醒。</translation>
    </message>
    <message>
        <source>Low where it lasts less than</source>
        <translation>可用时间少于多少算偏低</translation>
    </message>
    <message>
        <source>Critical where it lasts less than</source>
        <translation>可用时间少于多少算告急</translation>
    </message>
    <message>
        <source>or</source>
        <translation>或</translation>
    </message>
    <message>
        <source>No proxy</source>
        <translation>不使用代理</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>代理地址</translation>
    </message>
    <message>
        <source>f&amp;rom</source>
        <translation>从(&amp;R)</translation>
    </message>
    <message>
        <source>until</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Quiet hours begin</source>
        <translation>免打扰时段开始</translation>
    </message>
    <message>
        <source>Quiet hours end</source>
        <translation>免打扰时段结束</translation>
    </message>
    <message>
        <source>Begin and end must differ.</source>
        <translation>开始和结束时间不能相同。</translation>
    </message>
    <message>
        <source>Chart of the last {span}</source>
        <translation>最近 {span}的图表</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>常规(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Icon</source>
        <translation>图标(&amp;I)</translation>
    </message>
    <message>
        <source>Le&amp;vels and budgets</source>
        <translation>级别与预算(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Alerts</source>
        <translation>提醒(&amp;A)</translation>
    </message>
    <message>
        <source>Acc&amp;ounts</source>
        <translation>账户(&amp;O)</translation>
    </message>
    <message>
        <source>Open settings &amp;file</source>
        <translation>打开设置文件(&amp;F)</translation>
    </message>
</context>
</TS>
