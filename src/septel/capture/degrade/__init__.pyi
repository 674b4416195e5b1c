from .released import as_released as as_released
