"""Batches on more than one machine: a thin adapter over Dask.

The core is :func:`disclosure_parser.batch.run_batch` over shards of the files, each with a folder
and a journal of its own, so that a job scheduler (SLURM, Kubernetes) needs no adapter: see
``docs/distributed.md``. Those who have a Dask cluster give its client to :func:`run_shards`. Needs
the extra ``dask``.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from disclosure_parser.batch import BatchError, Settings, Totals, run_batch
from disclosure_parser.dataset.errors import needed

if TYPE_CHECKING:
    from distributed import Client

#: How often a shard is begun again when the worker that has it is lost.
RETRIES = 5
#: Seconds to wait for the journal of a shard whose worker was lost: its processes end with it.
_PATIENCE = 60.0


def run_shards(
    sources: Iterable[str | Path],
    dataset: str | Path,
    *,
    shards: int,
    client: Client,
    settings: Settings | None = None,
) -> list[Path]:
    """Parse many files on the workers of a Dask cluster, a task for each shard.

    A task that is run again (its worker was killed, its machine is gone) goes on where the shard's
    journal ends. Sources and dataset must be the same paths on every machine. Inside a task files
    are parsed in processes of their own, as on one machine, so that a bad file costs itself only.

    Args:
        sources: folders, files, archives, as of ``run_batch``.
        dataset: the folder in which each shard gets one, ``shard-0001`` and so on.
        shards: how many; some times the number of workers spreads the work well.
        client: of the cluster.
        settings: as of ``run_batch``; ``shard`` is set here.

    Returns:
        The folders of the shards; ``dataset.open(*folders)`` reads them as one dataset.

    Raises:
        BatchError: a shard cannot be written.
        MissingLibraryError: Dask is not installed.
    """
    distributed = needed("distributed", "running shards on Dask", "dask")
    chosen = [str(source) for source in sources]
    folders = [Path(dataset) / f"shard-{index:04d}" for index in range(1, shards + 1)]
    tasks = [
        client.submit(
            run_shard,
            chosen,
            str(folder),
            (index, shards),
            settings or Settings(),
            key=f"disclosures-{folder}",
            retries=RETRIES,
            pure=False,
        )
        for index, folder in enumerate(folders, 1)
    ]
    for task in distributed.as_completed(tasks):
        task.result()
    return folders


def run_shard(
    sources: Sequence[str], folder: str, shard: tuple[int, int], settings: Settings
) -> Totals:
    """Parse one shard, which another process may have begun. Runs in a Dask worker."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return run_batch(sources, folder, settings=evolve(settings, shard=shard))
        except BatchError as error:
            # What a lost worker had started ends when it is gone, and with it the lock.
            if "another batch" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.5)
