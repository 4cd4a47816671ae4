// The physical limit: the least that Qt itself needs to show an icon in the tray.
#include <QApplication>
#include <QIcon>
#include <QPixmap>
#include <QSystemTrayIcon>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QPixmap pixmap(24, 24);
    pixmap.fill(Qt::green);
    QSystemTrayIcon icon{QIcon(pixmap)};
    icon.show();
    return application.exec();
}
