# Two stages: build installs and builds the knowledge, the second carries only what runs.
FROM python:3.12-slim AS build
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH CAREERBOT_DATA=/data
COPY requirements.lock .
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps . && careerbot knowledge build

FROM python:3.12-slim
RUN useradd --create-home --uid 10001 careerbot && mkdir /data && chown careerbot /data
ENV PATH=/venv/bin:$PATH CAREERBOT_DATA=/data PYTHONUNBUFFERED=1
COPY --from=build /venv /venv
COPY --from=build --chown=careerbot /data /data
USER careerbot
VOLUME /data
EXPOSE 3000
ENTRYPOINT ["careerbot"]
CMD ["discord"]
