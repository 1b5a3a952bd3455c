
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const byId = new Map(data.indicators.map((item) => [item.id, item]));
const WORDS = {
  title: ["指标库", "Indicator library"], search: ["搜索", "search"], sector: ["行业", "sector"],
  library: ["指标库", "library"], category: ["类别", "category"], nature: ["性质", "nature"], evidence: ["依据", "evidence"],
  all: ["全部", "all"], hint: ["名称、定义、编号", "title, definition, id"], unit: ["计量单位", "unit"],
  direction: ["方向", "direction"], core: ["共性指标", "core"], yes: ["是", "yes"], points: ["默认分值", "default points"],
  formula: ["计算公式", "formula"], inputs: ["填报数据", "what is filled in"], standards: ["标准与参数", "standards and parameters"],
  scoring: ["默认评分", "default scoring"], written: ["规则原文", "as it is written"], proof: ["佐证材料", "evidence to ask for"],
  findings: ["问题与建议", "findings"], basis: ["依据", "where it comes from"], example: ["算例", "example"],
  used: ["使用本指标的规则集", "rulesets that use it"], below: ["下级指标", "indicators below"], back: ["返回列表", "back to the list"],
  from: ["起始日期", "from"], name: ["名称", "name"], kind: ["类型", "kind"], value: ["取值", "value"], score: ["得分", "score"],
  of: ["分值", "points"], none: ["没有符合条件的指标", "no indicator fits"], gone: ["没有这个指标", "there is no such indicator"],
  take: ["引用", "to use it"], source: ["来源", "source"],
};
const EVIDENCE = {
  official: ["官方原文", "official text"], published: ["公开发表", "published"],
  background: ["背景资料，未见原文", "background, original not seen"], proposed: ["建议，无出处", "proposed, no source"],
};
let lang = kept() || (document.documentElement.lang === "en" ? "en" : "zh");

function kept() {
  try { const found = localStorage.getItem("perfrules.lang"); return found === "zh" || found === "en" ? found : null; }
  catch { return null; }
}
function keep() {
  try { localStorage.setItem("perfrules.lang", lang); } catch { /* a browser that keeps nothing for files */ }
}
const say = (pair) => pair[lang === "zh" ? 0 : 1];
const word = (key) => say(WORDS[key]);
const text = (value) => (value ? (lang === "zh" ? value.zh || value.en : value.en || value.zh) || "" : "");
const plain = (value) => String(value).normalize("NFKC").toLowerCase();

// Whatever others wrote becomes a text node: nothing here reads HTML.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "on") node.addEventListener(value[0], value[1]);
    else if (value !== null && value !== false) node.setAttribute(key, value);
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== ""));
  return node;
}
const mark = (label) => el("span", { class: `mark ${label in EVIDENCE ? label : ""}` }, label in EVIDENCE ? say(EVIDENCE[label]) : label);
const labels = (item) => Object.keys(EVIDENCE).filter((label) => item.evidence_labels.includes(label));
const link = (id) => `#/indicator/${encodeURIComponent(id)}`;

const FILTERS = ["sector", "library", "category", "nature"];
function wanted() {
  const found = new URLSearchParams(location.hash.startsWith("#/?") ? location.hash.slice(3) : "");
  return Object.fromEntries(["q", ...FILTERS].map((key) => [key, found.get(key) || ""]));
}
const named = { sector: (item) => item.sector, library: (item) => item.library, category: (item) => item.category, nature: (item) => item.nature };
for (const item of data.indicators) {
  item.search = plain([item.id, item.title.zh, item.title.en, item.definition.zh, item.definition.en, item.where.zh, item.where.en].filter(Boolean).join(" \n"));
}
function fits(item, want) {
  return FILTERS.every((key) => !want[key] || (named[key](item) || {}).id === want[key])
    && plain(want.q).split(/\s+/).every((part) => item.search.includes(part));
}

function list() {
  const want = wanted();
  const found = data.indicators.filter((item) => fits(item, want));
  const rows = el("ul", { class: "list" }, found.map((item) => el("li", null, el("a", { href: link(item.id) },
    el("span", { class: "name" }, text(item.title) || item.id),
    el("span", { class: "where" }, [item.id, text(item.category && item.category.title), item.unit].filter(Boolean).join(" · ")),
    el("span", { class: "marks" }, labels(item).map(mark))))));
  return [el("p", { class: "count", role: "status" }, lang === "zh" ? `${found.length} 个指标，共 ${data.indicators.length} 个` : `${found.length} of ${data.indicators.length} indicators`),
    found.length ? rows : el("p", null, word("none"))];
}

let shown = null;
function front() {
  const want = wanted();
  const results = el("div", null, list());
  const change = () => {
    const given = new URLSearchParams([...form.querySelectorAll("[name]")].filter((one) => one.value).map((one) => [one.name, one.value]));
    history.replaceState(null, "", `#/?${given}`);
    results.replaceChildren(...list());
  };
  const choose = (key) => {
    const options = new Map();
    for (const item of data.indicators) { const found = named[key](item); if (found && found.id) options.set(found.id, found.title); }
    const sorted = key === "category" || key === "nature" ? [...options].sort((a, b) => (a[0] < b[0] ? -1 : 1)) : [...options];
    return el("label", null, word(key), el("select", { name: key, on: ["change", change] }, el("option", { value: "" }, word("all")),
      sorted.map(([id, title]) => el("option", { value: id, selected: want[key] === id ? "" : null }, text(title) || id))));
  };
  const form = el("form", { class: "find", role: "search", on: ["submit", (event) => event.preventDefault()] },
    el("label", null, word("search"), el("input", { name: "q", type: "search", value: want.q, placeholder: word("hint"), autocomplete: "off", on: ["input", change] })),
    FILTERS.map(choose));
  return [form, results];
}

const section = (key, ...body) => (body.flat(3).some((one) => one) ? [el("h3", null, word(key)), ...body] : []);
function table(heads, rows) {
  const used = heads.map((head, place) => rows.some((row) => row[place] !== "")); // no column that says nothing
  const kept = (cells) => cells.filter((cell, place) => used[place]);
  return rows.length ? el("div", { class: "wide" }, el("table", null,
    el("thead", null, el("tr", null, kept(heads).map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", null, rows.map((row) => el("tr", null, kept(row).map((cell) => el("td", null, cell))))))) : null;
}
const sources = (items) => (items.length ? el("ul", { class: "sources" }, items.map((item) => el("li", { class: item.evidence },
  mark(item.evidence), item.document, item.clause ? ` ${item.clause}` : "", text(item.note) ? el("div", { class: "note" }, text(item.note)) : null))) : null);

function standard(item) {
  return [el("p", null, el("strong", null, text(item.title) || item.id), item.id === text(item.title) ? "" : el("code", null, ` ${item.id}`)),
    table([word("from"), "", word("value")], item.values.map((one) => [one.from || "", one.keys.join(" "), text(one.value)])),
    sources(item.basis)];
}
function example(item) {
  const one = item.example;
  if (!one) return [];
  return section("example", el("p", null, el("strong", null, one.name), text(one.source) ? el("span", { class: "id" }, ` ${word("source")}${lang === "zh" ? "：" : ": "}${text(one.source)}`) : ""),
    table([word("name"), word("value")], one.facts.map((fact) => [text(fact.title), fact.value])),
    el("p", { class: "answer" }, el("strong", null, `${word("score")} ${one.score} / ${one.points}`), el("br"), text(one.because)));
}
function indicator(item) {
  const about = [["library", text(item.library.title)], ["category", text(item.category && item.category.title)], ["nature", text(item.nature && item.nature.title)],
    ["direction", text(item.direction)], ["unit", item.unit], ["core", item.core ? word("yes") : ""], ["points", item.points]].filter((pair) => pair[1]);
  return el("article", null,
    el("nav", null, el("a", { href: backTo }, `← ${word("back")}`)),
    el("h2", null, text(item.title) || item.id),
    el("p", { class: "id" }, el("code", null, `${item.id} ${item.version}`), " ", labels(item).map(mark)),
    text(item.definition) ? el("p", { class: "lead" }, text(item.definition)) : null,
    el("dl", null, about.map(([key, value]) => [el("dt", null, word(key)), el("dd", null, value)])),
    item.formula ? section("formula", el("p", null, text(item.formula.words)), text(item.formula.words) === item.formula.text ? null : el("p", { class: "id" }, el("code", null, item.formula.text))) : [],
    section("inputs", table([word("name"), word("kind"), ""], item.inputs.map((one) => [
      [el("span", null, "　".repeat(one.level) + (text(one.title) || one.id)), " ", el("code", { class: "id" }, one.id)], text(one.kind), text(one.about)]))),
    section("standards", item.standards.map(standard)),
    section("scoring", item.scoring.length ? el("ul", { class: "plain" }, item.scoring.map((line) => el("li", null, text(line)))) : null,
      item.written.length ? el("details", null, el("summary", null, word("written")), el("pre", null, item.written.join("\n"))) : null),
    example(item),
    section("proof", text(item.evidence) ? el("p", null, text(item.evidence)) : null),
    section("findings", item.findings.length ? el("ul", { class: "plain" }, item.findings.map((one) => el("li", null,
      text(one.problem), " ", el("span", { class: "id" }, text(one.when)), text(one.suggestion) ? el("div", { class: "id" }, text(one.suggestion)) : null))) : null),
    section("below", item.children.length ? el("ul", { class: "plain" }, item.children.map((id) => el("li", null, el("a", { href: link(id) }, text((byId.get(id) || {}).title) || id)))) : null),
    section("used", item.used_by.length ? el("ul", { class: "plain" }, item.used_by.map((one) => el("li", null, text(one.title), " ", el("code", { class: "id" }, one.id)))) : null),
    section("basis", sources(item.basis)),
    section("take", el("pre", null, `- use: ${item.id}@${item.version.split(".")[0]}${item.points ? "" : "\n  points: 10"}`)));
}

let backTo = "#/";
function show() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  const found = location.hash.match(/^#\/indicator\/(.+)$/);
  let body, title = word("title");
  if (found) {
    let id = found[1];
    try { id = decodeURIComponent(id); } catch { /* a link that somebody cut */ }
    const item = byId.get(id);
    body = item ? [indicator(item)] : [el("p", null, `${word("gone")} `, el("code", null, id)), el("a", { href: "#/" }, word("back"))];
    if (item) title = `${text(item.title) || item.id} · ${title}`;
  } else {
    if (location.hash.startsWith("#/?")) backTo = location.hash; else backTo = "#/";
    body = front();
  }
  document.title = title;
  const other = lang === "zh" ? "en" : "zh";
  document.getElementById("top").replaceChildren(el("h1", null, el("a", { href: "#/" }, word("title"))),
    el("button", { type: "button", lang: other, on: ["click", () => { lang = other; keep(); shown = null; show(); }] }, lang === "zh" ? "English" : "中文"));
  document.getElementById("main").replaceChildren(...body);
  document.getElementById("bottom").replaceChildren(`${data.libraries.map((one) => `${one.id} ${one.version}`).join(" · ")} · ${data.program}`);
  if (shown !== location.hash) scrollTo(0, 0);
  shown = location.hash;
}
addEventListener("hashchange", show);
show();
