import { readFileSync } from "node:fs";
import { readConfig } from "./config.ts";
import { AppError } from "./errors.ts";
import type { Log } from "./log.ts";
import { type AppPorts, openLog, type RunningApp, startApp } from "./server.ts";

/** Bad configuration, as everywhere in Bailiff. */
const EXIT_USAGE = 2;

try {
  const config = readConfig(process.env, (path) => readFileSync(path, "utf8"));
  const ports: AppPorts = {
    write: (line) => process.stdout.write(`${line}\n`),
    now: () => new Date(),
  };
  endOnDefects(openLog(config, ports));
  stopOnSignals(await startApp(config, ports));
} catch (error) {
  process.stderr.write(`${lineOf(error)}\n`);
  process.exitCode = error instanceof AppError ? EXIT_USAGE : 1;
}

function stopOnSignals(app: RunningApp): void {
  const stop = () => void app.stop();
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

/** Node would print such an error with all that libraries hang on it: payloads, bodies, headers. */
function endOnDefects(log: Log): void {
  process.on("uncaughtException", (error: unknown) => {
    log.error("stopped by a defect", { error });
    process.exit(1);
  });
}

function lineOf(error: unknown): string {
  if (error instanceof AppError) return `${error.message}\n${error.remedy}`;
  return `Bailiff did not start: ${error instanceof Error ? error.message : String(error)}`;
}
