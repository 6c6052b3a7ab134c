"""Workers that are doubles of their process: only of one that nothing else runs in, and they end as others do."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
from processes import is_there

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks workers without a server")

BEGIN = """
import json, os, signal, sys, threading, time
from mathbook.build.pools import FRESH, LastingPools
from mathbook.diagnostics import Collector
from mathbook.theme.load import load_theme

theme = load_theme("lecture", None, Collector())
told = {"before": 1}
signal.signal(signal.SIGTERM, lambda *_: sys.exit(3))

def see(_=None):
    return dict(told, term=signal.getsignal(signal.SIGTERM) is signal.SIG_DFL, process=os.getpid())

def seen(pools):
    with pools.of(2, 2, theme) as pool:
        return list(pool.map(see, range(2)))
"""


def said_by(script: str) -> Any:
    done = subprocess.run([sys.executable, "-c", BEGIN + script], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_workers_of_a_process_with_one_thread_have_what_it_has():
    said = said_by('told["later"] = 2; print(json.dumps(seen(FRESH)))')
    assert [one["later"] for one in said] == [2, 2]
    assert all(one["term"] for one in said)


def test_workers_of_a_process_with_a_second_thread_begin_afresh():
    script = """
if __name__ == "__main__":
    threading.Thread(target=time.sleep, args=(3,), daemon=True).start()
    with FRESH.of(1, 1, theme) as pool:
        print(json.dumps([type(pool._mp_context).__name__]))
"""
    assert said_by(script) == ["ForkServerContext"]


def test_workers_come_from_the_server_that_was_begun_for_them():
    script = """
pools = LastingPools()
quick = [pools.are_quick]
pools.begin_soon([])
with pools.of(1, 1, theme) as pool:
    print(json.dumps([*quick, type(pool._mp_context).__name__]))
pools.close()
"""
    assert said_by(script) == [True, "ForkServerContext"]


def test_doubles_end_when_their_process_is_killed():
    script = """
with FRESH.of(2, 2, theme) as pool:
    print(json.dumps([one["process"] for one in pool.map(see, range(2))]), flush=True)
    pool.submit(time.sleep, 60), pool.submit(time.sleep, 60)
    time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", BEGIN + script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        workers = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    end = time.monotonic() + 10
    while any(map(is_there, workers)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(is_there, workers))


def test_a_signal_that_comes_while_workers_are_forked_is_not_lost():
    script = """
os.register_at_fork(before=lambda: os.kill(os.getpid(), signal.SIGTERM))
try:
    seen(FRESH)
finally:
    print("[1]", flush=True)
"""
    done = subprocess.run([sys.executable, "-c", BEGIN + script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "[1]\n")
    assert "ignored" not in done.stderr


@pytest.mark.parametrize("delay", [0.02, 0.05, 0.1, 0.2])
def test_work_that_is_broken_off_within_a_long_result_ends(delay: float):
    script = f"""
try:
    with FRESH.of(2, 2, theme) as pool:
        for _ in range(2):
            pool.submit(bytes, 200_000_000)
        time.sleep({delay})
        raise KeyboardInterrupt
except KeyboardInterrupt:
    print("[1]", flush=True)
"""
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "[1]\n"
