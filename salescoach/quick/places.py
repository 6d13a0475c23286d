"""Where the program keeps things: the same for both lanes: as platformdirs has it, without its import on Linux."""

import os
import sys

TYPE_CHECKING = False  # `typing` costs
if TYPE_CHECKING:
    from collections.abc import Mapping

#: The file of all records, in the data folder.
DATABASE = "salescoach.db"
_XDG = (("XDG_DATA_HOME", ".local/share"), ("XDG_CONFIG_HOME", ".config"), ("XDG_CACHE_HOME", ".cache"))


def folders(env: "Mapping[str, str]", home: str = "") -> tuple[str, str, str]:
    """
    The folders of data, config and cache.

    Args:
        home: The one folder for all three; `SALESCOACH_HOME` where it is empty; the platform's own where that is too.
    """
    if home := home or env.get("SALESCOACH_HOME", ""):
        root = os.path.join(os.getcwd(), os.path.expanduser(home))
        return f"{root}/data", f"{root}/config", f"{root}/cache"
    if sys.platform == "linux" and env.get("HOME", "").startswith("/") and "ANDROID_ROOT" not in env:
        data, config, cache = (_xdg(env, name, f"{env['HOME']}/{usual}") for name, usual in _XDG)
        return data, config, cache
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("salescoach", appauthor=False)
    return dirs.user_data_dir, dirs.user_config_dir, dirs.user_cache_dir


def _xdg(env: "Mapping[str, str]", name: str, usual: str) -> str:
    set_to = env.get(name, "")
    return f"{set_to if set_to.startswith('/') else usual}/salescoach"
