import { formLaws } from "./form-laws.ts";
import { allSamples } from "./formats/all-samples.ts";
import { sampleLaws } from "./formats/sample-laws.ts";
import { grantLaws } from "./grant-laws.ts";
import { totalLaws } from "./total-laws.ts";

formLaws(1_000);
grantLaws(300);
totalLaws(5_000);
for (const samples of allSamples) sampleLaws(samples, 200);
