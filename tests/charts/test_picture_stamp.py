"""A chart saved as a picture: its stamp at the foot, one button, nothing sent anywhere."""

from callboard.charts import PLOT_CONFIG, picture_config, stamp_picture
from callboard.charts.theme import new_figure


def test_a_saved_picture_says_what_it_is_and_grows_by_that() -> None:
    figure = new_figure(height=400, unit="%")
    stamp_picture(figure, "On time <b>", "Harbour Stores")
    assert "On time &lt;b&gt;" in figure.layout.title.text
    assert "Harbour Stores" in figure.layout.title.text
    assert (436, 66) == (figure.layout.height, figure.layout.margin.b)
    assert (0, 0) == (figure.layout.title.x, figure.layout.title.y)


def test_the_toolbar_has_one_button_that_saves_a_fine_png() -> None:
    config = picture_config("callboard-otd", PLOT_CONFIG)
    assert [["toImage"]] == config["modeBarButtons"]
    expected = {"format": "png", "filename": "callboard-otd", "width": 960, "scale": 2}
    assert expected == config["toImageButtonOptions"]
    assert "hover" == config["displayModeBar"]
    assert not {"showSendToCloud", "plotlyServerURL"} & set(config)
