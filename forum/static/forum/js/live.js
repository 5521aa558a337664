// Keeps the page true while it is open: finds what wants to be live and connects it to the page's one line.
//   [data-live-thread]  a thread's page (templates/components/live.html says all of it)
//   [data-live-list]    data-live-stream, data-live-count-url: a list
//   [data-live-member]  data-live-stream: fires "live:member" on the document when something of the reader's own changed
import { Line } from "./live-line.js";
import { Log } from "./live-log.js";
import { List } from "./live-list.js";
import { Presence } from "./live-presence.js";
import { Record } from "./live-record.js";

// How long a page waits on average before it fetches what came in a language that is not its own.
const ELSEWHERE = 400;
// After this many milliseconds no answer comes any more: it was lost with the network that it was asked over.
const PATIENCE = 10000;

export const line = new Line(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live/`);

addEventListener("offline", () => line.sleep());
addEventListener("online", () => { line.wake(); line.poll(); });
addEventListener("pagehide", () => line.sleep());
addEventListener("pageshow", ({ persisted }) => { if (persisted) line.wake(); });
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  const wasDown = !line.isOpen;
  line.wake();
  if (wasDown) line.poll();
});

for (const root of document.querySelectorAll("[data-live-thread]")) followThread(root);

for (const place of document.querySelectorAll("[data-live-list][data-live-stream]")) {
  line.join(place.dataset.liveStream, new List(place));
}

for (const place of document.querySelectorAll("[data-live-member][data-live-stream]")) {
  line.join(place.dataset.liveStream, {
    since: () => null,
    hear: (frame) => { if (frame.kind === "hint") document.dispatchEvent(new CustomEvent("live:member", { detail: frame })); },
    poll: () => {},
  });
}

function followThread(root) {
  const { liveStream, liveSinceUrl, liveSeq, liveTeamSeq } = root.dataset;
  const record = new Record(root);
  const place = document.querySelector("[data-presence]");
  const presence = place && new Presence(root, place);

  followLane(liveStream, Number(liveSeq), "");
  if (liveTeamSeq !== undefined) followLane(`${liveStream}:team`, Number(liveTeamSeq), "?lane=team");

  // The composer says that somebody types, at most every three seconds; a note is nobody's business but the team's.
  document.addEventListener("forum:typing", () => {
    const stream = document.querySelector("select[data-kind]")?.value === "note" ? `${liveStream}:team` : liveStream;
    if (line.hears(stream)) line.say({ do: "typing", stream });
  });

  function followLane(stream, seen, query) {
    let isHere = false;
    let away = false;
    const gone = () => {
      if (isHere) record.gone();
      isHere = false;
    };
    const log = new Log({
      seen,
      fetchSince: async (seq) => {
        const answer = await fetch(liveSinceUrl.replace(/0\/$/, `${seq}/`) + query, {
          headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE),
        });
        if (answer.status === 404 || answer.status === 410) {
          gone();
          return { head: seq, frames: [], more: false };
        }
        if (!answer.ok) throw new Error(`${answer.status}`);
        return answer.json();
      },
      apply: (frames, { late }) => {
        record.apply(frames, { away: late && away });
        for (const { by } of frames) if (by) presence?.stop(by);
      },
      reload: () => record.stale(),
    });
    const catchUp = async (head) => {
      if (!await log.catchUp(head)) return;
      away = false;
      line.touch();
    };
    line.join(stream, {
      since: () => log.seen,
      poll: (wasAway) => {
        isHere = true;
        away ||= wasAway;
        catchUp();
      },
      hear: (frame, wasAway) => {
        switch (frame.kind) {
          case "subscribed":
            isHere = true;
            root.dataset.liveOn = "";
            away ||= wasAway;
            if (frame.head > log.seen) catchUp(frame.head); else away = false;
            break;
          case "head": log.reach(frame.head, { spread: 2000 }); break;
          case "refused": gone(); break;
          case "presence": presence?.hear(frame); break;
          default:
            if (!Number.isInteger(frame.seq)) break;
            // Made for readers of another language: what comes over HTTP is in ours. Not everybody at once.
            if (frame.lang !== root.dataset.liveLang) log.reach(frame.seq, { spread: ELSEWHERE }); else log.receive(frame);
        }
      },
    });
  }
}
