// Runs chrono-node for bench/times_peers.py: a line with {text, published} in, a line with what chrono found out.
// `cpu` is the processor time of this process so far, in seconds.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const chrono = createRequire(`${process.argv[2]}/`)("chrono-node");

const known = (components) => ({
  said: Object.keys(components.knownValues),
  year: components.get("year"),
  month: components.get("month"),
  day: components.get("day"),
  hour: components.get("hour"),
  minute: components.get("minute"),
});

for await (const line of createInterface({ input: process.stdin })) {
  const { text, published } = JSON.parse(line);
  const found = chrono.en.casual.parse(text, { instant: new Date(`${published}T12:00:00Z`), timezone: "UTC" });
  const times = found.map(({ index, text, start }) => ({ index, text, ...known(start) }));
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ times, cpu: (user + system) / 1e6 }));
}
