import { main } from "./main.ts";

const { env, stdout, stderr, argv } = process;

stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error; // `bailiff ledger log | head` is no failure
});

process.exitCode = await main(argv.slice(2), {
  env,
  colour: stdout.isTTY && (env.NO_COLOR ?? "") === "",
  now: () => new Date(),
  out: (text) => void stdout.write(text),
  say: (line) => void stderr.write(`${line}\n`),
});
