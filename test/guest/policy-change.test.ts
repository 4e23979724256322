import {expect, test} from 'vitest';
import {client, configurationOf, constant, loopStep, ms, times, us} from '../helpers/model-configuration.js';
import {measured} from '../helpers/model-run.js';

test('a lock policy that changes in the middle of a batch leaves no command without its doorbell', () => {
	// Each round fills an idle ring of 4 before anything is rung: what then finds no room is the
	// first under the new policy.
	const configuration = configurationOf({'driver.lockPolicy': 'kick-batched', 'queue.size': 4}, [
		client({
			think: constant(300 * us),
			loop: [loopStep({commands: times(9, 'RESOURCE_CREATE_2D'), prepare: constant(10 * us)})],
		}),
	]);
	for (let at = 10 * us; at < 100 * us; at += 3 * us) {
		const {stall, metrics} = measured(configuration, {
			duration: 5 * ms,
			changes: [{at, set: {'driver.lockPolicy': 'kick-under-lock'}}],
		});
		expect(stall, `changed at ${at} ns`).toBeNull();
		expect(metrics.throughput.completed).toBeGreaterThan(5000);
	}
});
