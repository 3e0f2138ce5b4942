# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Makes the decisions importable by name, and keys of OpenSSH."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
