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
  decide();
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });

  // Decisions are taken here and stay on this machine: they become a file, and `signoff import` reads it.
  function decide() {
    const start = document.getElementById("decide");
    if (!start) return;
    start.hidden = false;
    start.querySelector("button").addEventListener("click", () => {
      const report = JSON.parse(document.getElementById("report-data").textContent);
      for (const article of document.querySelectorAll("article[data-release]")) {
        const release = report.releases.find((one) => one.path === article.dataset.release);
        if (release) article.querySelector(".decide").append(...report.use_cases.map((use) => fields(release, use)));
      }
      start.querySelector("button").hidden = true;
      const save = element("button", "Download decisions.json");
      save.type = "button";
      save.addEventListener("click", download);
      start.append(save, element("span", "", { id: "decide-count", role: "status" }));
    }, { once: true });
  }

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function labelled(text, input) {
    const label = element("label", `${text} `);
    label.append(input);
    return label;
  }

  function fields(release, use) {
    const set = element("fieldset", "");
    set.dataset.release = release.path;
    set.dataset.use = use.id;
    set.append(element("legend", `Decision for ${use.title || use.id}`));
    const choice = element("select", "", { name: "decision" });
    const choices = { "": "none yet", approve: "approve", conditional: "approve with conditions", reject: "reject" };
    for (const [value, text] of Object.entries(choices)) choice.append(element("option", text, { value }));
    set.append(
      labelled("Decision", choice),
      labelled("Holds until", element("input", "", { name: "until", type: "date" })),
      labelled("Note", element("input", "", { name: "note", type: "text", size: "40", maxlength: "1000" })),
      labelled("Conditions, one on each line", element("textarea", "", { name: "conditions", rows: "2" })),
    );
    for (const finding of release.findings.filter((one) => one.use_case === use.id)) {
      const box = element("input", "", { name: "accepted", type: "checkbox", value: finding.fingerprint });
      const label = element("label", "");
      label.append(box, element("span", ` accept ${finding.severity}: ${finding.message}`));
      set.append(label);
    }
    return set;
  }

  function taken(set) {
    const value = (name) => set.querySelector(`[name=${name}]`).value.trim();
    const accepted = [...set.querySelectorAll("[name=accepted]:checked")].map((box) => box.value);
    return {
      release: set.dataset.release,
      use_case: set.dataset.use,
      decision: value("decision"),
      until: value("until"),
      note: value("note"),
      conditions: value("conditions").split("\n").map((line) => line.trim()).filter(Boolean),
      accepted: [...new Set(accepted)],
    };
  }

  function download() {
    const told = document.getElementById("decide-count");
    const every = [...document.querySelectorAll("fieldset[data-release]")].map(taken);
    const decisions = every.filter((one) => one.decision);
    const open = decisions.find((one) => !one.until);
    if (!decisions.length || open) {
      told.textContent = open ? `${open.release}: say until when it holds` : "no decision is taken yet";
      return;
    }
    const report = document.getElementById("report-digest").textContent.trim();
    const text = `${JSON.stringify({ version: 1, report, decisions }, null, 2)}\n`;
    const link = element("a", "", { download: "decisions.json" });
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.click();
    URL.revokeObjectURL(link.href);
    told.textContent = `${decisions.length} of ${every.length} decisions written`;
  }
})();
