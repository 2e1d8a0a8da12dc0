// nlp.js behind JSON lines: first {messages, entities}, then {text} or {memory}; one line of JSON answers each.
const readline = require('node:readline');
const { containerBootstrap } = require('@nlpjs/core-loader');
const { Nlp } = require('@nlpjs/nlp');
const { LangEn } = require('@nlpjs/lang-en');

console.log = () => {}; // its training log would stand among the answers
const tell = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const defaults = {
  keepStopwords: true, nonefeatureValue: 1, nonedeltaMultiplier: 1.2, spellCheck: false, spellCheckDistance: 1, filterZeros: true,
};
const iterations = 500; // passes over the messages; its own limit is 20,000. 60 gave 2.7 points less
let nlp;

async function train({ messages, entities }) {
  const container = await containerBootstrap();
  container.use(Nlp);
  container.use(LangEn);
  container.registerConfiguration('nlu-en', { ...defaults, log: false, iterations });
  nlp = container.get('nlp');
  Object.assign(nlp.settings, { autoSave: false, autoLoad: false, threshold: 0, calculateSentiment: false });
  nlp.forceNER = true;
  nlp.ner.settings.threshold = 1;
  nlp.addLanguage('en');
  for (const [name, options] of Object.entries(entities)) {
    for (const [option, texts] of Object.entries(options)) nlp.ner.addRule('en', name, 'enum', { option, texts });
  }
  for (const [intent, text] of messages) nlp.addDocument('en', text, intent);
  await nlp.train();
  tell({ trained: true });
}

async function answer({ text }) {
  const started = process.hrtime.bigint();
  let found = { intent: 'None', score: 0, entities: [] };
  try {
    found = await nlp.process('en', text);
  } catch (error) {
    process.stderr.write(`${error}\n`); // a word such as "constructor" breaks its dictionary of names
  }
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
  const entities = (found.entities || []).map((entity) => [entity.entity, entity.option]);
  tell({ intent: found.intent, score: found.score, entities, milliseconds });
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    if (request.messages) await train(request);
    else if (request.memory) tell({ megabytes: process.memoryUsage().rss / 2 ** 20 });
    else await answer(request);
  }
})();
