import {expect, test} from 'vitest';
import {paletteChoices} from '../../source/session/palette-entries.js';
import {runDesk, sessionOf, shippedPreset} from './small-run.js';

function desk() {
	const {controller} = runDesk(sessionOf(shippedPreset('seed-2019-kick-under-lock')));
	/** What the palette does with a text. */
	const say = (text: string): void => {
		controller.update({overlay: {kind: 'palette', text, index: 0, error: undefined}});
		controller.press('enter');
	};

	const labels = (): readonly string[] => controller.look().run?.parameters.map(({label}) => label) ?? [];
	return {controller, say, labels};
}

test('a word and a value mean the parameter that is turned first', () => {
	const {controller} = desk();
	expect(paletteChoices(controller, 'queue 256')[0].label).toBe('set queue.size = 256');
	expect(paletteChoices(controller, 'cpus 2')[0].label).toBe('set host.cpus = 2');
});

test('sort by name, by table and back; another word is a mistake', () => {
	const {controller, say, labels} = desk();
	const byEffect = labels();
	expect(byEffect.slice(0, 2)).toContain('lock policy');
	say('sort by name');
	const byName = labels().map(label => label.toLowerCase());
	expect(byName.length).toBeGreaterThan(100);
	expect(byName).toEqual(byName.toSorted());
	controller.press('home');
	expect(controller.state.selected).toBe(controller.look().run?.parameters[0].key);
	say('sort parameters by table');
	expect(labels()).toEqual(['queue', 'driver', 'guest', 'host', 'device', 'run', 'client']);
	say('sort by effect');
	expect(labels()).toEqual(byEffect);
	say('sort by colour');
	expect(controller.state.overlay).toMatchObject({error: expect.stringContaining('sort by name') as string});
});
