import { oracleLaws } from "./oracle-laws.ts";

oracleLaws(500);
