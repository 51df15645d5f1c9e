"""No sockets to anywhere, by the kernel: a seccomp filter for the child process, on Linux.

The audit hook of the child sees what Python does. Native libraries it does not see, and onnxruntime since 1.29 reports
to its makers in a thread of its own unless it is told not to (`ORT_DISABLE_TELEMETRY`, which the parent sets). The
filter makes sure of it. Numbers are from linux/seccomp.h, linux/filter.h, linux/audit.h and the system call tables.
"""

import ctypes
import os
import platform
import struct
import sys

_SYSTEMS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""By machine: the audit number of its architecture, and the number of the call `socket`."""

_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _FAMILY_AT = 0, 4, 16  # offsets in struct seccomp_data
_AF_UNIX = 1
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # with EACCES
_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2


def forbid_sockets() -> bool:
    """Refuse every socket but local ones to this process and all it starts; return whether the system could do it.

    Must be called before threads are started: it holds for the thread that calls it and its children.
    """
    system = _SYSTEMS.get(platform.machine())
    if sys.platform != "linux" or system is None:
        return False
    architecture, call = system
    instructions = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_JUMP_IF_EQUAL, 0, 4, architecture),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_JUMP_IF_EQUAL, 0, 2, call),
        (_LOAD, 0, 0, _FAMILY_AT),
        (_JUMP_IF_EQUAL, 0, 1, _AF_UNIX),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *each) for each in instructions))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(instructions), ctypes.addressof(program)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(_SET_SECCOMP, _FILTER, header, 0, 0):
        return False
    try:
        os.close(_try_socket(libc))
    except OSError:
        return True
    return False


def _try_socket(libc: ctypes.CDLL) -> int:
    """Return a new socket of the internet family. Raises OSError where the kernel refuses it."""
    number: int = libc.socket(2, 2, 0)
    if number < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return number
