import assert from 'node:assert/strict';
import { loadGolden } from '../../golden/load';
import { programRunner, type RunProgram } from '../frameworks/programs';

const { header, records } = loadGolden('random-programs');

describe('random programs, as CPython runs them', function () {
  this.timeout(60_000);
  const told = { known: 0, all: 0 };
  let run: RunProgram;

  before(async () => {
    run = await programRunner();
  });

  for (const { seed, lines, given } of records) {
    it(`says of the convolutions of program ${seed} what holds in every run, or nothing`, () => {
      const source = lines.map((line) => header.lines[line] ?? '');
      for (const site of run(...source).sites) {
        const { line } = site.place.span.start;
        const pairs = given[line + 1] ?? [];
        const [stage] = site.layer.stages;
        // What rests on a parameter's default may differ where it is passed.
        if (pairs.length === 0 || site.assumes.length > 0) continue;
        for (const [index, channels] of [stage.inChannels, stage.outChannels].entries()) {
          told.all += 1;
          if (channels.kind !== 'exact') continue;
          told.known += 1;
          const others = pairs.filter((pair) => pair[index] !== channels.value);
          assert.deepEqual(others, [], `line ${line + 1}: ${source[line]} is said to have ${channels.value}`);
        }
      }
    });
  }

  it('says a number in most cases', () => {
    assert.ok(told.known > 0.75 * told.all, `${told.known} of ${told.all}`);
  });
});
