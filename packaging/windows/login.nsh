; The start at login, written as the program itself does it (tray_app/adapters/autostart_windows.py).
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define APPROVED_KEY "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"

!macro TURN_LOGIN_ON
  WriteRegStr HKCU "${RUN_KEY}" "${NAME}" '"$INSTDIR\${WINDOWLESS}.exe"'
  ; Task Manager's note that it is switched off.
  DeleteRegValue HKCU "${APPROVED_KEY}" "${NAME}"
!macroend

; An entry that starts a program elsewhere is another installation's.
!macro TURN_LOGIN_OFF_IF_OURS
  ReadRegStr $0 HKCU "${RUN_KEY}" "${NAME}"
  StrLen $1 '"$INSTDIR\'
  StrCpy $0 $0 $1
  ${If} $0 == '"$INSTDIR\'
    DeleteRegValue HKCU "${RUN_KEY}" "${NAME}"
    DeleteRegValue HKCU "${APPROVED_KEY}" "${NAME}"
  ${EndIf}
!macroend
