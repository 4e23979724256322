import {type Estimate, measuredTime} from '../trace/recording/estimate.js';
import {type GuestRecording} from '../trace/recording/guest-recording.js';
import {fewestSamples, tick} from '../trace/recording/samples.js';
import {longestHostCost} from './interrupt-delivery.js';
import {type PassTimes} from './pass-times.js';
import {commandOfCode} from './recorded-client.js';

/** What a guest's recording lets one guess of a host that answers whole passes. */
export function passEstimates(
	{commands}: GuestRecording,
	{service, wake, delivery, held}: PassTimes,
): readonly Estimate[] {
	const estimates: Estimate[] = [];
	for (const [queue, {time, passes}] of service) {
		for (const type of new Set(commands.filter(command => command.queue === queue).map(command => command.type))) {
			const name = commandOfCode(type);
			if (name !== undefined) {
				estimates.push({
					key: `device.cost.${name}`,
					value: {kind: 'const', value: Math.round(time)},
					provenance: 'inferred',
					how: `by how much longer a pass takes for each command, ${passes} passes, and the fit`,
					knob: 'host service',
				});
			}
		}
	}

	if (wake.count < fewestSamples || delivery.count < fewestSamples) {
		return estimates;
	}

	const whole = 'the delay of an interrupt is taken from the end of the pass';
	estimates.push(
		{
			key: 'host.cost.loopWake',
			value: wake.spec(longestHostCost),
			provenance: 'inferred',
			how: `vp_notify to the pass, between the commands that are in it and not, ${wake.count} samples`,
			knob: 'host wake',
		},
		...['host.bql.perWake', 'host.bql.perInterrupt'].map((key): Estimate => ({
			key,
			value: 2,
			provenance: 'inferred',
			how: whole,
			knob: null,
		})),
		{
			key: 'host.cost.haltWake',
			value: {kind: 'const', value: 0},
			provenance: 'inferred',
			how: whole,
			knob: null,
		},
		{
			key: 'host.cost.apicGap',
			value: delivery.spec(longestHostCost),
			provenance: 'inferred',
			how: `the rest of the time from vp_notify to irq_handler_entry, ${delivery.count} samples`,
			knob: 'interrupt',
		},
	);
	if (held.count >= fewestSamples && held.quantile(0.95) > 3 * tick) {
		estimates.push({
			...measuredTime(
				'host.cost.kickPreempt',
				held.spec(longestHostCost),
				held.count,
				'doorbell',
				'vp_notify, above the usual',
			),
			provenance: 'inferred',
			isPartOfMeasured: true,
		});
	}

	return estimates;
}
