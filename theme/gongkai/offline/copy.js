/* Every page of an offline copy says of which day it is; the address of a file on this computer is nothing to copy. */
(function (text) {
  "use strict";
  document.querySelectorAll("[data-copy]").forEach(function (button) { button.hidden = true; });
  var foot = document.querySelector(".gk-footer > *");
  if (!foot) return;
  var note = document.createElement("p");
  note.className = "gk-copied";
  note.textContent = text;
  foot.insertBefore(note, foot.firstChild);
})({{ text | tojson }});
