# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Hostile bytes to plain values: size, depth and duplicates are checked before anything is believed.

``yaml`` and ``json`` for text formats, ``safetensors`` and ``gguf`` for weights headers, ``text`` for
encodings, ``files`` for reading from disk at all. What cannot be read is a :class:`Refused` value or
error with a reason, never a crash.
"""
