"""The measured traps of Qt and its binding, each in a program of its own on the offscreen platform.

A trap that springs takes the whole interpreter with it, so each runs where it can be seen to die.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "tray_app").rglob("*.py"))
NO_SIGTERM = pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM cannot be caught there")

EMITS = """
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
class Counter(QObject):
    told = Signal(bool)
    told_object = Signal(object)
    told_both = Signal(int, bool)
    count = 0
    @Slot(bool)
    def on_told(self, value): self.count += value
    @Slot(object)
    def on_told_object(self, value): self.count += value
    @Slot(int, bool)
    def on_told_both(self, _number, value): self.count += value
application = QCoreApplication([])
counter = Counter()
counter.told.connect(counter.on_told)
counter.told_object.connect(counter.on_told_object)
counter.told_both.connect(counter.on_told_both)
for number in range(10_000):
    counter.told.emit(True)
    counter.told_object.emit(True)
    counter.told_both.emit(number, True)
print(counter.count)
"""

WHO_RUNS = """
import json
from PySide6.QtCore import QCoreApplication, QObject, QThread, QTimer, Signal, Slot
ran = {}
def note(name):
    ran[name] = QThread.currentThread() is application.thread()
class Emitter(QObject):
    finished = Signal()
    @Slot()
    def on_started(self):
        self.finished.emit()
        last.finished.emit()
class Receiver(QObject):
    @Slot()
    def on_finished(self): note("slot")
    @Slot()
    def on_last(self): application.quit()
class Heir(Receiver):
    @Slot()
    def on_finished(self): note("overriding slot")
class Plain:
    def on_finished(self): note("plain method")
application = QCoreApplication([])
thread, emitter, last = QThread(), Emitter(), Emitter()
emitter.moveToThread(thread)
receiver, heir, plain = Receiver(), Heir(), Plain()
emitter.finished.connect(receiver.on_finished)
emitter.finished.connect(heir.on_finished)
emitter.finished.connect(plain.on_finished)
emitter.finished.connect(lambda: note("lambda"))
last.moveToThread(thread)
last.finished.connect(receiver.on_last)
thread.started.connect(emitter.on_started)
thread.start()
application.exec()
thread.quit()
thread.wait()
print(json.dumps(ran))
"""

LAST_WINDOW = """
import logging, os, sys
logging.basicConfig(level=logging.CRITICAL)
from PySide6.QtCore import QTimer, Slot
from tray_app import app, start
from tray_app.ui import account_session
from tray_app.demo import DemoKeyStore
from tray_app.tray_process import TrayProcess
from tray_app.wiring import Connection
class KeylessConnection(Connection):
    def make_key_store(self):
        return DemoKeyStore(key=None)
    def make_settings_file(self):
        return None
class Closing(account_session.KeyEntry):
    def open(self, *account):
        super().open(*account)
        assert self.dialog.isVisible()
        QTimer.singleShot(0, self.close_dialog)
    def close_dialog(self):
        self.dialog.close()
        assert not self.dialog.isVisible()
        # An end that the closing window caused would have been posted before this.
        QTimer.singleShot(0, lambda: app.QApplication.exit(42))
account_session.KeyEntry = Closing
process = TrayProcess.of(os.environ, demo=False)
sys.exit(start.run_tray(lambda: KeylessConnection(api_url="http://127.0.0.1:9"), process))
"""

LATER_MODULES = """
import logging, os, sys
logging.basicConfig(level=logging.CRITICAL)
from tray_app.main import main
from tray_app.ui import tray
class Looking(tray.Tray):
    def start(self):
        super().start()
        late = ("httpx", "keyring", "jeepney", "sqlite3", "tomlkit", "PySide6.QtNetwork",
                "tray_app.core.alerts", "tray_app.core.notification", "tray_app.core.autostart",
                "tray_app.app", "tray_app.wiring", "PySide6.QtDBus")
        print([name for name in late if name in sys.modules], flush=True)
        os._exit(0)
tray.Tray = Looking
main([])
"""

LATE_IMPORTS = """
import json, logging, os, sys, threading
logging.basicConfig(level=logging.CRITICAL)
from tray_app import app, start
from tray_app.tray_process import TrayProcess
from tray_app.ui import tray
from tray_app.wiring import Connection
tray.panel_is_there = lambda: True
programs, imports = [], {}
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name in ("httpx", "keyring"):
            shown = bool(programs) and programs[0]._tray.visible
            in_main = threading.current_thread() is threading.main_thread()
            imports[name] = {"icon shown": shown, "in main thread": in_main}
        return None
sys.meta_path.insert(0, Watch())
class Watched(app.TrayProgram):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        programs.append(self)
    def _show(self):
        super()._show()
        if self.shown.state.problem is not None:
            app.QApplication.exit(0)
app.TrayProgram = Watched
early = sorted({"httpx", "keyring"} & set(sys.modules))
process = TrayProcess.of(os.environ, demo=False)
key = os.environ.get("NOVITA_API_KEY", "")
connection = Connection(api_url="http://127.0.0.1:9", environment_key=key)
code = start.run_tray(lambda: connection, process)
print(json.dumps({"early": early, "imports": imports}))
sys.exit(code)
"""


def run(script: str, environ: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as home:
        return subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**_environ(), "NOVITA_TRAY_HOME": home, **(environ or {})},
            timeout=60,
            check=False,
        )


def _environ() -> dict[str, str]:
    environ = {name: value for name, value in os.environ.items() if name != "NOVITA_API_KEY"}
    return {**environ, "QT_QPA_PLATFORM": "offscreen"}


def test_ten_thousand_emits_of_true_do_not_abort_the_interpreter() -> None:
    ended = run(EMITS)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "30000\n", "")


def test_only_a_slot_of_a_qobject_runs_in_the_main_thread() -> None:
    """The binding's ways that our rule rests on; an overriding slot is the least expected one."""
    ended = run(WHO_RUNS)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(ended.stdout) == {
        "slot": True,
        "overriding slot": False,
        "plain method": False,
        "lambda": False,
    }


def test_a_dialog_that_closes_does_not_end_the_program() -> None:
    ended = run(LAST_WINDOW)
    assert (ended.returncode, ended.stderr) == (42, "")


@pytest.mark.parametrize(
    ("late", "environ"),
    [
        ("httpx", {"NOVITA_API_KEY": "sk_test"}),
        pytest.param(
            "keyring",
            {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"},
            marks=pytest.mark.skipif(
                sys.platform != "linux", reason="elsewhere the user's own keyring would be asked"
            ),
        ),
    ],
)
def test_the_icon_shows_before_the_worker_imports(late: str, environ: dict[str, str]) -> None:
    ended = run(LATE_IMPORTS, environ=environ)
    assert (ended.returncode, ended.stderr) == (0, "")
    found = json.loads(ended.stdout)
    assert found["early"] == []
    assert found["imports"] == {late: {"icon shown": True, "in main thread": False}}


@pytest.mark.parametrize("module", ["tray_app.cli", "tray_app.main", "tray_app.wiring"])
def test_the_command_line_leaves_qt_and_the_network_out(module: str) -> None:
    ended = run(
        f"import sys, {module}\n"
        "print({name.partition('.')[0] for name in sys.modules}"
        " & {'PySide6', 'shiboken6', 'httpx', 'keyring'})"
    )
    assert (ended.returncode, ended.stdout) == (0, "set()\n")


def test_the_icon_waits_for_nothing_that_only_figures_and_messages_need() -> None:
    ended = run(LATER_MODULES)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "[]\n", "")


def test_a_balance_on_the_command_line_leaves_qt_out() -> None:
    ended = run(
        "import sys\n"
        "from tray_app.main import main\n"
        "assert main(['balance', '--demo']) == 0\n"
        "assert not [name for name in sys.modules if name.startswith('PySide6')]\n"
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "available" in ended.stdout


def test_what_httpx_would_load_for_a_command_of_its_own_stays_out() -> None:
    ended = run(
        "import sys\n"
        "import tray_app.adapters.novita_client\n"
        "print(sorted({'click', 'rich', 'pygments'} & set(sys.modules)))\n"
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "[]\n", "")
