import {render} from 'ink-testing-library';
import {expect, test} from 'vitest';
import {App, type FrameSource} from '../../source/dashboard/app.js';
import {type Frame} from '../../source/dashboard/components/screen-view.js';

class FakeSource implements FrameSource {
	frame: Frame = {
		width: 10,
		rows: ['first', 'second'],
		table: undefined,
		cover: undefined,
	};

	private readonly listeners = new Set<() => void>();

	subscribe(listener: () => void): () => void {
		this.listeners.add(listener);
		return () => {
			this.listeners.delete(listener);
		};
	}

	show(rows: readonly string[]): void {
		this.frame = {...this.frame, rows};
		for (const listener of this.listeners) {
			listener();
		}
	}
}

/** Lets React carry out what it has put off. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 5; turn++) {
		// eslint-disable-next-line no-await-in-loop -- the turns follow one another
		await new Promise(resolve => {
			setImmediate(resolve);
		});
	}
}

test('a new frame is shown when the source says so, rows as they are', async () => {
	const source = new FakeSource();
	const {lastFrame, unmount} = render(<App source={source} />);
	await settle();
	expect(lastFrame()).toBe('first\nsecond');
	source.show(['a much longer row', '\u001B[31mred\u001B[39m']);
	await expect.poll(() => lastFrame()).toBe('a much longer row\n\u001B[31mred\u001B[39m');
	unmount();
});
