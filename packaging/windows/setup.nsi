; The setup program: for one user, without an administrator. `dev.py package nsis` defines what is in ${…}.
;
; Silent: /S installs or upgrades; /AUTOSTART with it turns the start at login on; /D=FOLDER, last and
; unquoted, chooses the folder. Uninstaller: /S keeps history, settings and keys; /PURGE with it removes them.
; Exit codes: 0 done, 1 cancelled, 2 a tray or command that runs does not end, 3 Windows is too old.

Unicode true
!ifdef TARGET
  Target ${TARGET}
!endif
Name "${DISPLAY_NAME}"
OutFile "${OUTPUT}"
RequestExecutionLevel user
ManifestSupportedOS Win10
ManifestDPIAware true
BrandingText "${DISPLAY_NAME} ${VERSION}"
SetCompressor /SOLID lzma
SetCompressorDictSize 64
; Qt's floor: version 1809 of Windows 10 (docs: Qt 6, "Supported Platforms"). What is older ends the program
; with a word about a missing library.
!define OLDEST_BUILD 17763
; Two builds, the same bits.
SetDateSave off
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"

!include FileFunc.nsh
!include LogicLib.nsh
!include MUI2.nsh
!include Win\COM.nsh
!include Win\Propkey.nsh
!include WinVer.nsh
!include x64.nsh
!include "${__FILEDIR__}\running.nsh"
!include "${__FILEDIR__}\login.nsh"

VIProductVersion "${FOUR_NUMBERS}"
VIFileVersion "${FOUR_NUMBERS}"
VIAddVersionKey "ProductName" "${DISPLAY_NAME}"
VIAddVersionKey "CompanyName" "${PUBLISHER}"
VIAddVersionKey "FileDescription" "${DISPLAY_NAME} setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT licence. Not made by Novita AI."

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOWLESS}.exe"
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
!include "${__FILEDIR__}\sentences.nsh"

Var WasRunning
!insertmacro END_RUNNING ""
!insertmacro END_RUNNING "un."

Section "$(ProgramSection)" Program
  SectionIn RO
  ; Folders that an upgrade empties are another program's, if somebody chose its place; what lies at our own
  ; without a program was left by a setup that did not get to its end.
  ${If} $INSTDIR != "$LOCALAPPDATA\Programs\${NAME}"
  ${AndIfNot} ${FileExists} "$INSTDIR\${NAME}.exe"
    ${If} ${FileExists} "$INSTDIR\_internal\*.*"
    ${OrIf} ${FileExists} "$INSTDIR\licences\*.*"
      MessageBox MB_OK|MB_ICONSTOP "$(ForeignFolder)" /SD IDOK
      SetErrorLevel 1
      Abort
    ${EndIf}
  ${EndIf}
  Call EndRunning
  ; What an older version had and this one has not would stay.
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  Call MakeShortcut

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${DISPLAY_NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" '"$INSTDIR\${WINDOWLESS}.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Section /o "$(LoginSection)" Login
  !insertmacro TURN_LOGIN_ON
SectionEnd

Section "-AfterAll"
  ${IfNot} ${Silent}
  ${AndIfNot} ${SectionIsSelected} ${Login}
    !insertmacro TURN_LOGIN_OFF_IF_OURS
  ${EndIf}
  ; The last page offers to start it; without pages it goes on as it was.
  ${If} ${Silent}
  ${AndIf} $WasRunning == 1
    Exec '"$INSTDIR\${WINDOWLESS}.exe"'
  ${EndIf}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${Program} "$(ProgramDescription)"
  !insertmacro MUI_DESCRIPTION_TEXT ${Login} "$(LoginDescription)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    MessageBox MB_OK|MB_ICONSTOP "$(WindowsTooOld)" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/AUTOSTART" $1
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${Login}
  ${ElseIfNot} ${Silent}
  ${AndIf} ${FileExists} "$INSTDIR\${NAME}.exe"
    ; What the box shows is what an upgrade leaves; a silent one touches nothing.
    nsExec::Exec /TIMEOUT=10000 '"$INSTDIR\${NAME}.exe" autostart status'
    Pop $0
    ${If} $0 == 0
      !insertmacro SelectSection ${Login}
    ${EndIf}
  ${EndIf}
FunctionEnd

Function MakeShortcut
  CreateShortcut "$SMPROGRAMS\${DISPLAY_NAME}.lnk" "$INSTDIR\${WINDOWLESS}.exe" "" "$INSTDIR\${WINDOWLESS}.exe" 0
  ; With the program's own id, so that messages carry this entry's name and icon.
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${If} $1 P<> 0
      ${IPersistFile::Load} $1 '("$SMPROGRAMS\${DISPLAY_NAME}.lnk",${STGM_READWRITE})'
      ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
      ${If} $2 P<> 0
        System::Call '*(&w128 "${APP_ID}")p.r3'
        System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r4'
        System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_LPWSTR},,p r3)p.r5'
        ${IPropertyStore::SetValue} $2 '($4,$5)'
        ${IPropertyStore::Commit} $2 ""
        System::Free $3
        System::Free $4
        System::Free $5
        ${IUnknown::Release} $2 ""
        ${IPersistFile::Save} $1 '("$SMPROGRAMS\${DISPLAY_NAME}.lnk",1)'
      ${EndIf}
      ${IUnknown::Release} $1 ""
    ${EndIf}
    ${IUnknown::Release} $0 ""
  ${EndIf}
FunctionEnd

Section "Uninstall"
  Call un.EndRunning
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/PURGE" $1
  ${IfNot} ${Errors}
    StrCpy $2 "purge"
  ${Else}
    StrCpy $2 "keep"
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(PurgeQuestion)" /SD IDNO IDNO +2
    StrCpy $2 "purge"
  ${EndIf}
  ${If} $2 == "purge"
    nsExec::ExecToLog /TIMEOUT=60000 '"$INSTDIR\${NAME}.exe" purge --yes'
    Pop $3
    ${If} $3 != 0
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(PurgeFailed)" /SD IDOK
    ${EndIf}
  ${EndIf}

  !insertmacro TURN_LOGIN_OFF_IF_OURS
  Delete "$SMPROGRAMS\${DISPLAY_NAME}.lnk"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\${NAME}.exe"
  Delete "$INSTDIR\${WINDOWLESS}.exe"
  Delete "$INSTDIR\uninstall.exe"
  ; Only if it is empty: what somebody else put there stays.
  RMDir "$INSTDIR"
SectionEnd
