import { formLaws } from "./form-laws.ts";
import { grantLaws } from "./grant-laws.ts";
import { totalLaws } from "./total-laws.ts";

formLaws(1_000);
grantLaws(300);
totalLaws(5_000);
