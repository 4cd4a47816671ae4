; Whatever runs from the folder is asked to end before its files are replaced or removed.
; `quit` (tray_app/quit_command.py) returns once the tray has ended, after some 15 seconds at most: 0 where one
; ran, 15 where none did. What runs with a home of its own, or a command that goes on, is seen by its file.

!macro END_RUNNING PREFIX
Function ${PREFIX}EndRunning
  ${IfNot} ${FileExists} "$INSTDIR\${NAME}.exe"
    Return
  ${EndIf}
  ${PREFIX}again:
  DetailPrint "$(EndingTray)"
  nsExec::Exec /TIMEOUT=20000 '"$INSTDIR\${NAME}.exe" quit'
  Pop $0
  ${If} $0 == 0
    !if "${PREFIX}" == ""
      StrCpy $WasRunning 1
    !endif
  ${EndIf}
  nsExec::Exec /TIMEOUT=20000 '"$INSTDIR\${NAME}.exe" --demo quit'
  Pop $0
  ; Windows lets nobody write to a program that runs. Virus scanners hold files for a while, too.
  ${For} $0 1 20
    ClearErrors
    FileOpen $1 "$INSTDIR\${NAME}.exe" a
    FileOpen $2 "$INSTDIR\${WINDOWLESS}.exe" a
    ${IfNot} ${Errors}
      FileClose $1
      FileClose $2
      Return
    ${EndIf}
    FileClose $1
    FileClose $2
    Sleep 250
  ${Next}
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(StillRunning)" /SD IDCANCEL IDRETRY ${PREFIX}again
  SetErrorLevel 2
  Abort
FunctionEnd
!macroend
