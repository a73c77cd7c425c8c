"""What the project asked for."""

from adr_lsp.config.model import Config, ConfigProblem, is_configuration
from adr_lsp.config.read import read

__all__ = ["Config", "ConfigProblem", "is_configuration", "read"]
