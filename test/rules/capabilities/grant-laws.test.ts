import { grantLaws } from "./grant-laws.ts";

grantLaws(8);
