import { formLaws } from "./form-laws.ts";

formLaws(20);
