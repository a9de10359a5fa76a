import { bflStandIn } from "./bfl-stand-in.ts";
import { describeProvider } from "./provider-contract.ts";

describeProvider(bflStandIn);
