// SPDX-FileCopyrightText: 2026 The modelscan-audit authors
//
// SPDX-License-Identifier: Apache-2.0
"use strict";
(() => {
  const form = document.getElementById("filter");
  const rows = [...document.querySelectorAll("#inventory-table tbody tr")];
  if (form && rows.length > 1) {
    const words = document.getElementById("filter-words");
    const count = document.getElementById("filter-count");
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    words.addEventListener("input", () => {
      const wanted = words.value.trim().toLowerCase();
      for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
      count.textContent = `showing ${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
    });
  }
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
})();
