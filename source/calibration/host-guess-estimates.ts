import {type Estimate} from '../trace/recording/estimate.js';
import {type GuestRecording} from '../trace/recording/guest-recording.js';
import {fewestSamples, Samples, scaled} from '../trace/recording/samples.js';
import {commandOfCode} from './recorded-client.js';

const longestHostCost = 10_000_000;

/**
Shares of the time from a doorbell's return to its interrupt that are
taken for wake-up and for delivery.
*/
const wakeShare = 0.5;
const deliveryShare = 0.25;

/**
Buffers that two runs of the worker in a row must have answered for the host
to have been busy between them.
*/
const busyRun = 6;

/**
What a guest's recording lets one guess of its host: how long until the main loop has woken up,
how long it takes for a command, how long an interrupt is on its way. The fit scales these.
*/
export function hostGuessEstimates(guest: GuestRecording): readonly Estimate[] {
	const estimates: Estimate[] = [];
	const roundTrip = roundTrips(guest);
	if (roundTrip.count >= fewestSamples) {
		const spec = roundTrip.spec(longestHostCost);
		const delivery = {
			kind: 'const',
			value: Math.min(longestHostCost, Math.round(deliveryShare * roundTrip.quantile(0.25))),
		} as const;
		const how = `part of the time from a doorbell to its interrupt, ${roundTrip.count} samples, and the fit`;
		estimates.push(
			{
				key: 'host.cost.loopWake',
				value: scaled(spec, wakeShare, longestHostCost),
				provenance: 'inferred',
				how,
				knob: 'host wake',
			},
			{
				key: 'host.cost.poll',
				value: {kind: 'const', value: Math.round(deliveryShare * roundTrip.quantile(0.25))},
				provenance: 'inferred',
				how,
				knob: 'host wake',
			},
			{
				key: 'host.haltPoll',
				value: 0,
				provenance: 'inferred',
				how: 'the delay of an interrupt is taken whole',
				knob: null,
			},
			{
				key: 'host.cost.haltWake',
				value: delivery,
				provenance: 'inferred',
				how,
				knob: 'interrupt',
			},
			{
				key: 'host.cost.irqDelivery',
				value: delivery,
				provenance: 'inferred',
				how,
				knob: 'interrupt',
			},
		);
	}

	const service = serviceTime(guest);
	if (service !== null) {
		for (const type of new Set(guest.commands.map(command => command.type))) {
			const name = commandOfCode(type);
			if (name !== undefined) {
				estimates.push({
					key: `device.cost.${name}`,
					value: {kind: 'const', value: service.time},
					provenance: 'inferred',
					how: `${service.how}, and the fit`,
					knob: 'host service',
				});
			}
		}
	}

	return estimates;
}

/**
From the return of a doorbell to the next interrupt of its queue, for
doorbells that found nothing under way.
*/
function roundTrips({commands, kicks, irqs}: GuestRecording): Samples {
	const samples = new Samples();
	for (const queue of [0, 1]) {
		const entries = irqs.filter(irq => irq.queue === queue).map(({entry}) => entry);
		const own = new Set(commands.filter(command => command.queue === queue).map(({thread}) => thread));
		let next = 0;
		let previous = -Infinity;
		for (const kick of kicks) {
			if (kick.queue !== queue || !own.has(kick.thread)) {
				continue;
			}

			while (next < entries.length && entries[next] < kick.start) {
				next++;
			}

			// An interrupt since the last doorbell: the host had caught up with that one.
			const caughtUp = next > 0 && entries[next - 1] > previous;
			if (next < entries.length && caughtUp) {
				samples.add(entries[next] - kick.start);
			}

			previous = kick.start;
		}
	}

	return samples;
}

/**
The host's pace while it was busy: time between runs of the worker over what the later one answered.
*/
function serviceTime({runs, commands}: GuestRecording): {readonly time: number; readonly how: string} | null {
	const samples = new Samples();
	for (let i = 1; i < runs.length; i++) {
		const {queue, responses, start} = runs[i];
		if (runs[i - 1].queue === queue && responses.length >= busyRun && runs[i - 1].responses.length >= busyRun) {
			samples.add((start - runs[i - 1].start) / responses.length);
		}
	}

	if (samples.count >= fewestSamples) {
		return {
			time: Math.round(0.5 * samples.quantile(0.25)),
			how: `time between runs of the worker over what they answered, ${samples.count} samples`,
		};
	}

	const first = commands[0];
	const last = commands.at(-1);
	return first === undefined || last === undefined || commands.length < 2
		? null
		: {
				time: Math.min(50_000, Math.round((0.25 * (last.published - first.published)) / commands.length)),
				how: 'a quarter of the time between commands',
			};
}
