from servestatic.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Every file under a name made from its content, also those that a script imports: one page, one version of all."""

    support_js_module_import_aggregation = True
