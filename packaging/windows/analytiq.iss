; Inno Setup 6: an installer for one user, who needs no administrator.
;
;     iscc /DVersion=0.1.0 packaging\windows\analytiq.iss      after `python -m PyInstaller build.spec`
#ifndef Version
  #error Name the version: iscc /DVersion=0.1.0 packaging\windows\analytiq.iss
#endif

[Setup]
AppId={{6A3C1C0B-6B0B-4C29-9E55-3F0D6E2B7A41}
AppName=Analytiq
AppVersion={#Version}
AppPublisher=Analytiq
DefaultDirName={localappdata}\Programs\Analytiq
DisableProgramGroupPage=yes
DisableDirPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0
Compression=lzma2/max
SolidCompression=yes
SetupIconFile=..\icons\analytiq.ico
UninstallDisplayIcon={app}\analytiq.exe
OutputDir=..\..\build\packages
OutputBaseFilename=analytiq-{#Version}-windows-x86_64-setup
; The server is asked to end by [Code], in order; killing it would be safe too, but slower to start from.
CloseApplications=no

[Tasks]
Name: atlogin; Description: "Start Analytiq when I log in, so that visits are counted after every restart"
Name: firewall; Description: "Let websites on other machines reach it (asks once for an administrator)"

[Files]
Source: "..\..\dist\analytiq\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[InstallDelete]
; What an older version had and this one has not.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{userprograms}\Analytiq"; Filename: "{app}\analytiq.exe"; Comment: "See who visits your websites"
Name: "{userstartup}\Analytiq"; Filename: "{app}\analytiq.exe"; Parameters: "serve"; Tasks: atlogin

[Run]
Filename: "{app}\analytiq.exe"; Description: "Open Analytiq"; Flags: postinstall nowait skipifsilent

[Code]
procedure EndServer();
var
  Status: Integer;
begin
  if FileExists(ExpandConstant('{app}\analytiq.exe')) then
    Exec(ExpandConstant('{app}\analytiq.exe'), 'stop', '', SW_HIDE, ewWaitUntilTerminated, Status);
end;

function PrepareToInstall(var NeedsRestart: Boolean): String;
begin
  EndServer();
  Result := '';
end;

procedure CurStepChanged(Step: TSetupStep);
var
  Status: Integer;
begin
  if (Step = ssPostInstall) and WizardIsTaskSelected('firewall') then
    ShellExec('runas', 'netsh',
      'advfirewall firewall add rule name="Analytiq" dir=in action=allow enable=yes profile=private,domain program="'
      + ExpandConstant('{app}\analytiq.exe') + '"', '', SW_HIDE, ewWaitUntilTerminated, Status);
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
begin
  if Step = usUninstall then
    EndServer();
end;
