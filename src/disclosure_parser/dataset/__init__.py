"""The dataset 数据集: what a batch makes of many reports, as tables.

``schema`` declares the tables, ``rows`` makes them of a report.
"""
