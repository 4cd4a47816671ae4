; What the setup program says beside NSIS' own sentences. Saved as UTF-8.
!macro SENTENCE KEY ENGLISH CHINESE
  LangString ${KEY} ${LANG_ENGLISH} "${ENGLISH}"
  LangString ${KEY} ${LANG_SIMPCHINESE} "${CHINESE}"
!macroend

!insertmacro SENTENCE ProgramSection "The program" "程序"
!insertmacro SENTENCE ProgramDescription \
  "The tray icon, and the command novita-tray." \
  "托盘图标和 novita-tray 命令。"
!insertmacro SENTENCE LoginSection "Start at login" "登录时启动"
!insertmacro SENTENCE LoginDescription \
  "Starts the tray icon when you log in. The settings can change it later." \
  "登录时启动托盘图标。之后可在设置中更改。"
!insertmacro SENTENCE WindowsTooOld \
  "${DISPLAY_NAME} needs 64-bit Windows 10, version 1809 or later. Nothing was installed." \
  "${DISPLAY_NAME} 需要 64 位 Windows 10 版本 1809 或更高版本。未安装任何内容。"
!insertmacro SENTENCE EndingTray "Asking the running program to quit" "正在请求运行中的程序退出"
!insertmacro SENTENCE StillRunning \
  "${DISPLAY_NAME} is still running and does not quit. Quit it from its menu in the tray, then try again." \
  "${DISPLAY_NAME} 仍在运行，没有退出。请从托盘菜单中退出，然后重试。"
!insertmacro SENTENCE ForeignFolder \
  "The folder $INSTDIR holds another program. Nothing was installed." \
  "文件夹 $INSTDIR 中有其他程序。未安装任何内容。"
!insertmacro SENTENCE PurgeQuestion \
  "Also remove the balance history, the settings, the logs and the API key of ${DISPLAY_NAME}?" \
  "是否同时删除 ${DISPLAY_NAME} 的余额历史记录、设置、日志和 API 密钥？"
!insertmacro SENTENCE PurgeFailed \
  "Not everything could be removed. What stays is listed in the details." \
  "未能全部删除。详细信息中列出了保留的内容。"
