// node many-records.mjs RECORD FOLDER [RECORDS [EXPERIMENTS]]: writes so many records (200 of 50 by default),
// each made of the experiment of RECORD that has most configurations, with times of its own. The figures are
// made up: it is for tests alone.
import { readFileSync, writeFileSync } from "node:fs";

const [from, folder, records = "200", experiments = "50"] = process.argv.slice(2);
const record = JSON.parse(readFileSync(from, "utf8"));
const ROUNDS = 12;

let state = 4711; // the same numbers in every run
const random = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;

const like = record.experiments.reduce((a, b) => b.configurations.length > a.configurations.length ? b : a);

const samples = (wall, threads) => Array.from({ length: ROUNDS }, (_, round) => {
    const time = wall * (1 + 0.01 * random());
    return [round, 0, time, time * threads];
});

function experiment(index, speed) {
    const copy = structuredClone(like);
    Object.assign(copy, { name: `e${index}`, steal: 0, others: 0, clock: 1 });
    copy.configurations.forEach((row, place) => {
        const wall = speed * (0.2 + 0.01 * index) / (1 + place);
        row.samples = samples(wall, row.threads);
        row.control = place === 0 ? samples(wall, row.threads) : [];
    });
    return copy;
}

delete record.summary;
delete record.sweeps;
for (let i = 0; i < Number(records); i++) {
    const speed = 0.5 + random();
    record.experiments = Array.from({ length: Number(experiments) }, (_, k) => experiment(k, speed));
    record.run.find((fact) => fact.key === "run.machine").value = `machine ${i}`;
    writeFileSync(`${folder}/r${String(i).padStart(3, "0")}.json`, JSON.stringify(record));
}
