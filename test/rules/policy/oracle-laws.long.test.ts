import { oracleLaws } from "./oracle-laws.ts";

const seed = Number(process.env["BAILIFF_SEED"] ?? Date.now() % 2 ** 31);
console.log(`BAILIFF_SEED=${seed}`);

oracleLaws(30_000, seed);
