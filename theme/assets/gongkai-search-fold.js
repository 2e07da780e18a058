/* Which letters count as the same, and the other spellings of dates and numbers: gkSearch.fold. The same rules as
 * gongkai/search/fold.py and spelling.py; no state but the table.
 *
 * fold(text)          the text with width, case, compatibility forms, traditional and simplified made equal
 * foldLetter(ch)      the same for a letter of a text that is normalized (NFKC)
 * needsTable(text)    whether it holds Chinese characters that fold only knows with the table
 * useTable(bytes)     takes the table of gongkai/search/fold.py
 * spellings(folded)   the dates and numbers of a folded text: [{from, at, to, before, run}]; run is what the index holds for
 *                     it, before is its code as it stands in the text, which ends at at
 * isSpelled(run)      whether a run is such a spelling: it holds letters that nobody types
 * mayBeSpelled(text)  whether a folded text is worth looking through for dates and numbers
 */
(() => {
  "use strict";

  const gk = (window.gkSearch = window.gkSearch ?? {});
  const CHINESE = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/g;

  /* ---- Folding ---- */

  const simplified = new Map(Object.entries({ 後: "后", 於: "于", 徵: "征", 麽: "么", 菸: "烟" }));
  let tableIsIn = false;
  let standard = null; // the Chinese characters of GB 2312, none of which is folded

  const foldLetter = (ch) => (simplified.get(ch) ?? ch).toLowerCase();
  const fold = (text) => Array.from(text.normalize("NFKC"), foldLetter).join("");

  /** The table of gongkai/search/fold.py: pairs of a traditional character and its simplified form. */
  function useTable(bytes) {
    const letters = Array.from(new TextDecoder().decode(bytes));
    for (let i = 0; i + 1 < letters.length; i += 2) simplified.set(letters[i], letters[i + 1]);
    tableIsIn = true;
  }

  function needsTable(text) {
    if (tableIsIn) return false;
    const found = text.match(CHINESE);
    return found !== null && found.some((ch) => !gb2312().has(ch));
  }

  /** The browser itself knows the standard: its 72 rows of Chinese characters lie in one block of GBK. */
  function gb2312() {
    if (!standard) {
      const bytes = [];
      for (let row = 0xb0; row <= 0xf7; row += 1) for (let at = 0xa1; at <= 0xfe; at += 1) bytes.push(row, at);
      standard = new Set(new TextDecoder("gbk").decode(new Uint8Array(bytes)));
    }
    return standard;
  }

  /* ---- Other spellings of dates and numbers: the same rules as gongkai/search/spelling.py ---- */

  const [YEAR, MONTH, DAY] = [0xa500 - 1900, 0xa5cf, 0xa5df];
  const HAN_DIGIT = "〇○零一二三四五六七八九";
  const Y = "(?<![0-9])(?<year>(?:19|20)[0-9]{2})";
  const M = "(?<month>0?[1-9]|1[0-2])(?![0-9])";
  const D = "(?<day>0?[1-9]|[12][0-9]|3[01])(?![0-9])";
  const [OPEN, CLOSE] = ["[〔\\[(【「『《〈<{]", "[〕\\])】」』》〉>}]"];
  const DATES = [
    new RegExp(`${Y}\\s*年\\s*${M}\\s*月(?:\\s*${D}\\s*[日号]?)?`, "gu"),
    new RegExp(`${Y}([-./])${M}(?:\\2${D}|(?![-./][0-9])(?!\\s*[号万亿元%]))`, "gu"),
    new RegExp(`${Y}(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12][0-9]|3[01])(?![0-9])`, "gu"),
    new RegExp(
      `(?<year>[一二][${HAN_DIGIT}]{3})年(?<month>十[一二]?|[一二三四五六七八九])月` +
        "(?:(?<day>三十一?|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九])日)?",
      "gu",
    ),
  ];
  const NUMBERS = [
    new RegExp(`${OPEN}\\s*${Y}\\s*年?\\s*${CLOSE}\\s*(?:第\\s*)?(?<serial>[0-9]{0,8})(?![0-9])\\s*(?<hao>号?)`, "gu"),
    new RegExp(`${Y}\\s*[-—–_/]\\s*(?:第\\s*)?(?<serial>[0-9]{1,5})(?![0-9])\\s*(?<hao>号)`, "gu"),
    new RegExp(`${Y}[-—–_/](?<serial>[0-9]{3,8})(?![0-9])(?<hao>)`, "gu"),
  ];
  const BEFORE_DOCUMENT = /(?:[\u4e00-\u9fff]\s*){1,12}$/;
  const BEFORE_SERIAL = /([0-9a-z]{4,30})[-—–_/]$/;
  const WORTH_A_LOOK = new RegExp(`(?:19|20)[0-9]{2}|[${HAN_DIGIT}]年`, "u");
  const SPELLED = /[\u{a500}-\u{a5ff}]/u;

  /** The number that digits or Chinese numerals write; 0 for none. */
  function numberOf(digits) {
    if (!digits) return 0;
    if (/^[0-9]+$/.test(digits)) return Number(digits);
    const value = (ch) => Math.max(0, HAN_DIGIT.indexOf(ch) - 2);
    if (digits.includes("十")) {
      const [tens, ones] = digits.split("十");
      return 10 * (tens ? value(tens) : 1) + (ones ? value(ones) : 0);
    }
    return Number(Array.from(digits, value).join(""));
  }

  /** The dates and numbers of a folded text: [{from, at, to, before, run}]; before is the code, which ends at at. */
  function spellings(folded) {
    const found = [];
    for (const pattern of DATES) {
      for (const match of folded.matchAll(pattern)) {
        const [year, month, day] = ["year", "month", "day"].map((name) => numberOf(match.groups[name]));
        if (year < 1900 || year > 2099) continue;
        const run = [YEAR + year, MONTH + month, ...(day ? [DAY + day] : [])].map((code) => String.fromCodePoint(code));
        found.push({ from: match.index, at: match.index, to: match.index + match[0].length, before: "", run: run.join("") });
      }
    }
    for (const pattern of NUMBERS) {
      for (const match of folded.matchAll(pattern)) {
        const { year, hao } = match.groups;
        const document = Boolean(hao) || pattern === NUMBERS[0];
        const serial = document ? match.groups.serial.replace(/^0+(?=.)/, "") : match.groups.serial;
        const left = folded.slice(Math.max(0, match.index - 40), match.index);
        const known = left.match(document ? BEFORE_DOCUMENT : BEFORE_SERIAL);
        const before = known ? (document ? known[0] : known[1]) : "";
        if (!before && !serial) continue; // （2026） alone is no number
        found.push({
          from: match.index - (known ? known[0].length : 0),
          at: match.index,
          to: match.index + match[0].length,
          before,
          run: before.replace(/\s+/g, "") + String.fromCodePoint(YEAR + Number(year)) + serial + hao,
        });
      }
    }
    return found.sort((a, b) => a.from - b.from || b.to - a.to);
  }

  const isSpelled = (run) => SPELLED.test(run);
  const mayBeSpelled = (folded) => WORTH_A_LOOK.test(folded);

  gk.fold = { fold, foldLetter, needsTable, useTable, spellings, isSpelled, mayBeSpelled };
})();
