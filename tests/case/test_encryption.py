"""Disk encryption, read from trees that stand for machines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.case.encryption import Rest, at_rest, swap_at_rest


class Machine:
    """Builds `/proc` and `/sys` of a machine under a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mounts: list[str] = []
        self.swaps = ["Filename Type Size Used Priority"]
        for name in ("proc/self", "sys/dev/block", "sys/class/block"):
            (root / name).mkdir(parents=True)

    def device(
        self, name: str, number: str, uuid: str = "", on: tuple[str, ...] = (), disk: str = ""
    ) -> None:
        at = self.root / "sys/devices" / disk / name
        at.mkdir(parents=True)
        (self.root / "sys/dev/block" / number).symlink_to(at)
        (self.root / "sys/class/block" / name).symlink_to(at)
        if disk:
            (at / "partition").write_text("1\n")
        if uuid:
            (at / "dm").mkdir()
            (at / "dm/uuid").write_text(uuid)
        (at / "slaves").mkdir()
        for below in on:
            (at / "slaves" / below).symlink_to((self.root / "sys/class/block" / below).resolve())

    def mount(self, point: str, number: str, kind: str, device: str) -> None:
        self.mounts.append(f"30 1 {number} / {point} rw,relatime shared:1 - {kind} {device} rw")
        (self.root / "proc/self/mountinfo").write_text("\n".join(self.mounts) + "\n")

    def swap(self, name: str, kind: str = "partition") -> None:
        self.swaps.append(f"{name} {kind} 8388604 0 -2")
        (self.root / "proc/swaps").write_text("\n".join(self.swaps) + "\n")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path / "root")
    made.device("sda", "8:0")
    made.device("sda1", "8:1", disk="sda")
    made.device("sda2", "8:2", disk="sda")
    made.device("dm-0", "253:0", uuid="CRYPT-LUKS2-0123-root", on=("sda2",))
    made.device("dm-1", "253:1", uuid="LVM-0123", on=("dm-0",))
    made.device("dm-2", "253:2", uuid="LVM-4567", on=("dm-0", "sda1"))
    made.device("loop0", "7:0")
    made.device("zram0", "252:0")
    made.mount("/", "8:1", "ext4", "/dev/sda1")
    made.mount("/crypt", "253:0", "ext4", "/dev/mapper/root")
    made.mount("/crypt/volume", "253:1", "xfs", "/dev/mapper/volume")
    made.mount("/mixed", "253:2", "ext4", "/dev/mapper/mixed")
    made.mount("/memory", "0:30", "tmpfs", "tmpfs")
    made.mount("/vault", "0:31", "fuse.gocryptfs", "/home/x")
    made.mount("/far", "0:32", "nfs4", "server:/x")
    made.mount("/over", "0:33", "overlay", "overlay")
    made.mount("/tree", "0:34", "btrfs", "/dev/dm-0")
    made.mount("/loop", "7:0", "ext4", "/dev/loop0")
    made.mount("/a\\040b", "253:0", "ext4", "/dev/mapper/root")
    return made


@pytest.mark.parametrize(
    ("path", "rest"),
    [
        ("/home", Rest.CLEAR),
        ("/crypt/case", Rest.ENCRYPTED),
        ("/crypt/volume/case", Rest.ENCRYPTED),
        ("/cryptic", Rest.CLEAR),
        ("/mixed/case", Rest.CLEAR),
        ("/memory/case", Rest.MEMORY),
        ("/vault/case", Rest.ENCRYPTED),
        ("/far/case", Rest.UNKNOWN),
        ("/over/case", Rest.UNKNOWN),
        ("/tree/case", Rest.ENCRYPTED),
        ("/loop/case", Rest.UNKNOWN),
        ("/a b/case", Rest.ENCRYPTED),
    ],
)
def test_each_disk_is_judged(machine: Machine, path: str, rest: Rest) -> None:
    assert at_rest(Path(path), machine.root) is rest


def test_the_last_mount_over_a_place_counts(machine: Machine) -> None:
    machine.mount("/crypt", "8:1", "ext4", "/dev/sda1")
    assert at_rest(Path("/crypt/case"), machine.root) is Rest.CLEAR


def test_swap_is_judged_area_by_area(machine: Machine) -> None:
    for name, kind in (("/dev/dm-0", "partition"), ("/dev/zram0", "partition"), ("/dev/sda2", "partition")):
        machine.swap(name, kind)
    machine.swap("/crypt/swap\\040file", "file")
    machine.swap("/dev/none", "partition")
    expected = [Rest.ENCRYPTED, Rest.MEMORY, Rest.CLEAR, Rest.ENCRYPTED, Rest.UNKNOWN]
    assert swap_at_rest(machine.root) == expected


def test_nothing_to_read_is_unknown(tmp_path: Path) -> None:
    assert at_rest(tmp_path, tmp_path) is Rest.UNKNOWN
    with pytest.raises(OSError):
        swap_at_rest(tmp_path)
