// On paper nothing can be pressed or asked: a link says where it leads, unless its words are the address already, and a time
// its date. css/print.css shows data-address; [data-printed-words] says when it was printed.
import { localise } from "./times.js";

const exact = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
const plain = (words) => words.trim().replace(/^https?:\/\//, "").replace(/\/$/, "");

addEventListener("beforeprint", () => {
  for (const link of document.querySelectorAll(".text a[href^=http]")) {
    const address = link.getAttribute("href");
    if (plain(link.textContent) !== plain(address)) link.dataset.address = address;
  }
  // How long ago something was is left as it is, beside the time of printing.
  for (const time of document.querySelectorAll("time[data-when]:not([data-when=ago])")) time.textContent = exact.format(new Date(time.dateTime));
  for (const place of document.querySelectorAll("[data-printed-words]")) place.textContent = place.dataset.printedWords.replace("{time}", exact.format(new Date()));
});
addEventListener("afterprint", () => localise());
