import {formatValue} from '../../parameters/value.js';
import {type ParameterValue} from '../../parameters/configuration.js';
import {parseSets} from '../../parameters/parse-set.js';
import {parameter} from '../../parameters/table.js';
import {type Preset} from '../../presets/preset.js';

/** A constant that was fitted over all given cells: where it started, where from, and where it ended. */
export type FittedConstant = {readonly key: string; readonly start: string; readonly end: string; readonly source: string};

/** Key, start, source. The order is that of the page. */
const starts: ReadonlyArray<readonly [key: string, start: string, source: string]> = [
	['guest.cost.drain', '1400ns', 'primitive wrk_hold: 1.5 to 4 us without buffers'],
	['guest.cost.getBuf', '330ns', 'primitive wrk_hold against wrk_batch: 0.3 to 0.8 us a buffer'],
	['guest.cost.irqEntry', '4us', 'trace: handler entry to queue_work 5 us, 1 to 4 us of it tracing'],
	['guest.cost.workerWake', '8us', 'primitive irq2wrk: 9.7 us at the 10th percentile, cold'],
	['guest.cost.prepare.RESOURCE_CREATE_2D', '44us', 'trace: from UNREF to CREATE_2D without a doorbell 42 to 44 us'],
	['guest.cost.prepare.RESOURCE_ATTACH_BACKING', '2us', 'trace: from CREATE_2D to ATTACH_BACKING 2 to 3 us'],
	['guest.cost.prepare.RESOURCE_UNREF', '9us', 'trace: from ATTACH_BACKING to UNREF without a doorbell 8 to 9 us'],
	['guest.cost.prepare.TRANSFER_TO_HOST_2D', '4us', 'trace: between two transfers 4 to 5 us'],
	['guest.cost.prepare.RESOURCE_FLUSH', '10us', 'a guess: stands for the atomic commit of a DIRTYFB too'],
	['guest.cost.prepare.MOVE_CURSOR', '30us', 'trace: between two moves without a doorbell 28 to 38 us'],
	['guest.cost.response', '1us', 'trace: between two responses 1 us'],
	['guest.cost.response.RESOURCE_UNREF', '5us', 'trace: 5 to 9 us at the 90th percentile'],
	['guest.cost.free', '10us', 'inferred: about 10 us an UNREF'],
	['guest.cost.gracePeriod', '20us', 'a guess: two wake-ups and a walk over the tree'],
	['guest.cost.contextSwitch', '6us', 'a guess: half of the worker\'s wake-up'],
	['guest.cost.taskWake', '3us', 'a guess: three times the native 1 us'],
	['guest.cost.lockTransfer', '250ns', 'inferred'],
	['guest.cost.unlockGap', '350ns', 'inferred'],
	['host.cost.notify', '900ns', 'primitive doorbell: 0.7 to 1.5 us in its fast mode'],
	['host.cost.unwind', '100ns', 'a guess'],
	['host.cost.poll', '4us', 'inferred: about 7 us a pass in all'],
	['host.cost.loopWake', '3us', 'inferred: about 7 us a pass in all'],
	['host.cost.haltWake', '3us', 'a guess'],
	['host.cost.lockHandoff', '2us', 'a guess'],
	['host.cost.pop', '700ns', 'trace: 1.5 us between two pops, most of it logging'],
	['host.cost.push', '700ns', 'trace: 1.5 us from fill to flush, most of it logging'],
	['host.cost.msi', '2us', 'a guess'],
	['host.cost.apicBql', '500ns', 'a guess'],
	['host.cost.apicGap', '1us', 'a guess'],
	['host.cost.pauseBql', '100ns', 'PAUSE takes 135 to 186 ns in all'],
	['host.bql.perHalt', '1', 'at least one: qemu_wait_io_event'],
	['host.bql.perWake', '3', 'at least three: halt_cond, the interrupt, EOI'],
	['host.bql.perInterrupt', '2', 'at least two: the interrupt, EOI'],
	['host.idleExit', '5us', 'scheduler trace of such a machine: 9 us from the wake-up on another CPU that polls, 4 us on the same CPU'],
	['host.idlePoll', '100us', 'halt_poll_ns of a hypervisor: up to 200 us'],
	['host.idleHalted', '70us', 'the same trace: 67 to 130 us after a longer idle time'],
	['host.cost.wakeIpi', '10us', 'trace: virtio_notify to the next event 13 to 20 us when the vCPU sleeps'],
	['host.cost.cold', '60us', 'trace: the same code takes 40 to 60 us more behind a doorbell that slept'],
	['host.coldTime', '20us', 'a guess'],
	['host.background.rate', '80', 'scheduler traces of such a machine, otherwise idle: 60 to 130 runs of others a second; the testbed allowed them up to 0.25 CPUs'],
	['device.cost.RESOURCE_CREATE_2D', '8us', 'inferred: 7 to 10 us a command'],
	['device.cost.RESOURCE_ATTACH_BACKING', '8us', 'inferred: 7 to 10 us a command'],
	['device.cost.RESOURCE_UNREF', '8us', 'inferred: 7 to 10 us a command'],
	['device.cost.TRANSFER_TO_HOST_2D', '3us', 'inferred: 3.5 us a command'],
	['device.cost.RESOURCE_FLUSH', '6us', 'trace: 8 us, 2 of it logging'],
	['device.cost.MOVE_CURSOR', '3us', 'trace: 4 to 5 us, 2 of it logging'],
	['device.cost.perKiB', '100ns', 'trace: 325 us for a rectangle of 3 MiB'],
];

/** The keys that a fit may move. */
export const fittedKeys: readonly string[] = starts.map(([key]) => key);

/** The fitted constants with their values in the preset, as text. */
export function fittedConstants(preset: Preset): FittedConstant[] {
	return starts.map(([key, start, source]) => {
		const entry = parameter(key);
		return {
			key, start, end: formatValue(entry, preset.given[key] ?? entry.default), source,
		};
	});
}

/** The preset with every fitted constant back where it started: the primitives and guesses alone. */
export function unfittedPreset(preset: Preset): Preset {
	const set: Record<string, ParameterValue> = parseSets(starts.map(([key, start]) => `${key}=${start}`));
	return {...preset, given: {...preset.given, ...set}};
}
