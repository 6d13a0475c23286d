"""salescoach: a local, bilingual sales coach for the terminal."""

__version__ = "0.1.0"
