# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The immutable words of the field.

``base`` what every value shares; ``release`` what is there; ``reading`` what it says; ``license``
what a licence says; ``usecase`` what the organisation does; ``conclusion`` what the evidence
supports; ``finding`` what follows; ``openness`` how open it is; ``report`` all of it together;
``signoff`` what a person decided on it.
"""
