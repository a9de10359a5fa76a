import {
  newQuickJSWASMModule,
  newVariant,
  RELEASE_SYNC,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule,
} from "quickjs-emscripten";

type Imported = Awaited<ReturnType<(typeof RELEASE_SYNC)["importModuleLoader"]>>;
type Load = Extract<Imported, (...options: never[]) => unknown>;
/** The library's own module below its contexts and handles. */
type Machine = Awaited<ReturnType<Load>>;
type CallFunction = Machine["callbacks"]["callFunction"];
type Pointer = Extract<ReturnType<CallFunction>, number>;
type Text = Parameters<Machine["stringToUTF8"]>[1];

/** A QuickJS with memory of its own, and what it stands on. */
export interface LoadedMachine {
  readonly module: QuickJSWASMModule;
  readonly machine: Machine;
}

/** Loads a fresh QuickJS. */
export async function loadMachine(wasmMemory: WebAssembly.Memory): Promise<LoadedMachine> {
  const variant = newVariant(RELEASE_SYNC, { wasmMemory });
  const loaded: Machine[] = [];
  const module = await newQuickJSWASMModule({
    ...variant,
    importModuleLoader: async () => {
      const imported = await variant.importModuleLoader();
      const outer = "default" in imported ? imported.default : imported;
      const load = "default" in outer ? outer.default : outer;
      return async (options) => {
        const machine = await load(options);
        loaded.push(machine);
        return machine;
      };
    },
  });
  const [machine] = loaded;
  if (machine === undefined) throw new Error("QuickJS did not load.");
  return { module, machine };
}

/** Longer texts are given by the library, which measures them first. */
const scratchBytes = 4_096;
/** No UTF-16 unit takes more in UTF-8. */
const mostBytesPerUnit = 3;

/** What reads are answered with: simple values are given at once, all others as a handle. */
export interface Reads<Answer> {
  readonly read: (place: number) => Answer;
  readonly give: (answer: Answer) => QuickJSHandle;
}

/**
 * A function in the machine that takes a number, for the many thousand reads of a page: the library
 * makes a scope, two generators and a handle for each argument and answer of a call, which takes
 * several times as long as the call itself. Nothing else of the crossing is different.
 */
export function newReadFunction<Answer>(
  { module, machine }: LoadedMachine,
  context: QuickJSContext,
  { read, give }: Reads<Answer>,
): QuickJSHandle {
  const ffi = module.getFFI();
  const scratch = machine._malloc(scratchBytes) as Text;
  const none = 0 as Pointer;
  const giveText = (ctx: Parameters<CallFunction>[1], text: string): Pointer => {
    machine.stringToUTF8(text, scratch, scratchBytes);
    return ffi.QTS_NewString(ctx, scratch);
  };
  const answerTo: CallFunction = (_asyncify, ctx, _self, _count, values) => {
    try {
      const place = ffi.QTS_GetFloat64(ctx, ffi.QTS_ArgvGetJSValueConstPointer(values, 0));
      const answer = read(place);
      if (answer === undefined) return none;
      if (typeof answer === "number") return ffi.QTS_NewFloat64(ctx, answer);
      if (typeof answer === "string" && answer.length * mostBytesPerUnit < scratchBytes)
        return giveText(ctx, answer);
      const handle = give(answer);
      const given = ffi.QTS_DupValuePointer(ctx, handle.value);
      handle.dispose();
      return given;
    } catch (error) {
      return ffi.QTS_Throw(ctx, context.newError(String(error)).value);
    }
  };
  const unused = (): QuickJSHandle => context.undefined;
  const { callFunction } = machine.callbacks;
  machine.callbacks.callFunction = (...call) =>
    context.runtime.hostRefs.get(call[5]) === unused ? answerTo(...call) : callFunction(...call);
  return context.newFunction("read", unused);
}
