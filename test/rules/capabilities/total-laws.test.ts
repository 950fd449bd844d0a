import { totalLaws } from "./total-laws.ts";

totalLaws(60);
